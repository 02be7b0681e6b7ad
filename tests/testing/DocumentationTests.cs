using System.Text.RegularExpressions;

namespace IotMqtt.Testing.Tests;

/// <summary>What the pages on testing show is run here: each block says of which file it has lines, in their order.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Root = FindRoot();

    private static readonly string[] Pages = ["docs/testing.md", "docs/tour.md"];

    public static TheoryData<string, string, string> Blocks => [.. Pages.Append("docs/models.md").SelectMany(page =>
        Marked().Matches(File.ReadAllText(Path.Combine(Root, page))).Select(match => (page, match.Groups["file"].Value, match.Groups["text"].Value)))];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_has_lines_of_its_file_in_their_order(string page, string file, string text)
    {
        var lines = File.ReadLines(Path.Combine(Root, file)).Select(line => line.Trim()).ToList();
        var next = 0;

        foreach (var shown in text.Split('\n').Select(line => line.Trim()))
        {
            var at = lines.IndexOf(shown, next);
            Assert.True(at >= next, $"{page}: {file} has no line here that says: {shown}");
            next = at + 1;
        }
    }

    [Fact]
    public void A_first_test_has_at_most_ten_lines()
    {
        var body = File.ReadLines("examples/testing/FirstTests.cs").SkipWhile(line => !line.Contains("[Fact]", StringComparison.Ordinal)).TakeWhile(line => line != "}");

        Assert.InRange(body.Count(line => line.Trim() is { Length: > 1 }), 1, 10);
    }

    [Fact]
    public void Each_block_of_CSharp_says_where_it_is_run()
    {
        foreach (var page in Pages)
        {
            var text = File.ReadAllText(Path.Combine(Root, page));

            Assert.Equal(Marked().Count(text), text.Split("```csharp\n").Length - 1);
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "IotMqtt.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside a checkout.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"<!-- file: (?<file>(?:examples|tests)/.+?\.cs) -->\n+```\w*\n(?<text>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
