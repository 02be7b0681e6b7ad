using System.Buffers;
using System.Text;

namespace IotMqtt.Models.Devices;

/// <summary>
/// The grammar of the names that become levels of topics: of devices, models, commands, readings and events. Letters, digits,
/// <c>-</c> and <c>_</c> of ASCII, at most 128 of them.
/// </summary>
internal static class EntityName
{
    /// <summary>The longest name.</summary>
    public const int MaxLength = 128;

    /// <summary>The rule, for messages.</summary>
    public const string Rule = "a name has letters, digits, - and _ only, at most 128 of them";

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>Whether a text is such a name.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxLength && !text.ContainsAnyExcept(Allowed);

    /// <summary>A valid name that is close to a text: <c>bedroom light</c> → <c>bedroom-light</c>; null where nothing is left.</summary>
    public static string? Near(string text)
    {
        var name = new StringBuilder();
        foreach (var character in text)
        {
            if (Allowed.Contains(character))
            {
                name.Append(character);
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        var trimmed = name.ToString().Trim('-');
        return IsValid(trimmed) ? trimmed : null;
    }
}
