using System.CommandLine;
using IotMqtt.Hosting.Options;

namespace IotMqtt.Orchestrator.Cli.Starting.Detaching;

/// <summary>What a detached <c>up</c> is called, so that several may be up at a time.</summary>
internal static class DetachedName
{
    public const string Default = "default";

    private const int Longest = 40;

    public static Option<string?> Create() => new("--name") { HelpName = "NAME", Description = $"What a detached one is called, where there are several [{Default}]" };

    /// <summary>The name; what is wrong with it is noted.</summary>
    public static string Read(OptionSource source, Option<string?> option)
    {
        var name = source.Text(option) ?? Default;
        if (name.Length is 0 or > Longest || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            source.Wrong($"{source.SourceOf(option)} is '{name}'; it takes up to {Longest} letters, digits, - and _");
        }

        return name;
    }
}
