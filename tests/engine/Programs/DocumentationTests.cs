using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace IotMqtt.Engine.Tests.Programs;

/// <summary>Each rule of docs/programs.md names the case that proves it, and each case is named.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository(), "docs", "programs.md"));

    private static readonly HashSet<string> Cases =
        [.. Directory.GetFiles(Path.Combine(Repository(), "tests", "engine", "Cases"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Fact]
    public void Each_rule_names_a_case_that_is_there()
    {
        var rules = Rule().Split(Text[Text.IndexOf("## The rules", StringComparison.Ordinal)..])[1..];
        Assert.Equal(52, rules.Length);
        Assert.All(rules, rule => Assert.Contains(Code().Matches(rule), name => Cases.Contains(name.Groups[1].Value)));
    }

    [Fact]
    public void Each_case_is_named() => Assert.Empty(Cases.Except(Code().Matches(Text).Select(name => name.Groups[1].Value)));

    [GeneratedRegex(@"^\d+\. ", RegexOptions.Multiline)]
    private static partial Regex Rule();

    [GeneratedRegex("`([a-z]+(?:-[a-z]+)*)`")]
    private static partial Regex Code();

    private static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
