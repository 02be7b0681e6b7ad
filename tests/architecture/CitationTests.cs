using System.Text.RegularExpressions;

namespace IotMqtt.Architecture.Tests;

/// <summary>Comments cite the design by section. Whoever reads one must find it: docs/design.md.</summary>
public sealed partial class CitationTests
{
    private static readonly string[] Folders =
        ["protocol", "models", "engine", "broker", "devices", "runner", "orchestrator", "testing", "benchmarks", "tests"];

    [Fact]
    public void Each_section_of_the_design_that_a_comment_cites_is_there()
    {
        var sections = Heading().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "design.md")))
            .Select(heading => heading.Groups[1].Value)
            .ToHashSet();
        var cited = Folders
            .SelectMany(Repository.Sources)
            .SelectMany(file => Citation().Matches(File.ReadAllText(file)).SelectMany(
                citation => citation.Groups["section"].Captures.Select(section => (File: file, Section: section.Value))))
            .ToList();

        Assert.NotEmpty(cited);
        Assert.All(cited, citation => Assert.Contains(citation.Section, sections));
    }

    [GeneratedRegex(@"^## (\d+)\. ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"DESIGN sections? (?<section>\d+)(?:(?:, | and )(?<section>\d+))*")]
    private static partial Regex Citation();
}
