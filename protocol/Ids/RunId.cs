using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Ids;

/// <summary>Which run of a program. A device keeps a ledger only for commands that carry one.</summary>
[JsonConverter(typeof(IdJsonConverter<RunId>))]
internal readonly record struct RunId : IId<RunId>
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxLength = NameGrammar.MaxTokenLength;

    private readonly string? _text;

    private RunId(string text) => _text = text;

    /// <summary>Whether this is the default value, which no grammar allows.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>Reads a run id; false if the text does not follow the grammar.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RunId id)
    {
        var valid = text is not null && NameGrammar.IsToken(text, MaxLength);
        id = valid ? new RunId(text!) : default;
        return valid;
    }

    /// <summary>Reads a run id.</summary>
    /// <exception cref="FormatException">The text does not follow the grammar; the message says what is allowed.</exception>
    public static RunId Parse(string text) =>
        TryParse(text, out var id) ? id : throw NameGrammar.Refused("run id", text, NameGrammar.Token);

    /// <summary>The text, as it goes over the wire.</summary>
    public override string ToString() => _text ?? string.Empty;
}
