using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace IotMqtt.Orchestrator.Tests.Readme;

/// <summary>
/// A fenced block of the README that a comment above it says the origin of: <c>&lt;!-- file: F --&gt;</c>, the lines of a file, or
/// <c>&lt;!-- output: ARGUMENTS --&gt;</c>, what <c>iotmqtt ARGUMENTS</c> prints.
/// </summary>
/// <param name="Kind"><c>file</c> or <c>output</c>.</param>
/// <param name="Origin">The file or the arguments.</param>
/// <param name="Text">What the README shows.</param>
internal sealed partial record ReadmeBlock(string Kind, string Origin, string Text)
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    public static string Readme { get; } = File.ReadAllText(Path.Combine(Root, "README.md"));

    public static IReadOnlyList<ReadmeBlock> All { get; } =
        [.. Marked().Matches(Readme).Select(match => new ReadmeBlock(match.Groups["kind"].Value, match.Groups["origin"].Value, match.Groups["text"].Value))];

    public static IEnumerable<string> Origins(string kind) => All.Where(block => block.Kind == kind).Select(block => block.Origin);

    public static ReadmeBlock Of(string origin) => All.Single(block => block.Origin == origin);

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"<!-- (?<kind>file|output): (?<origin>.+?) -->\n+```\w*\n(?<text>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
