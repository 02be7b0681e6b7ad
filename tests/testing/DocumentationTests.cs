namespace IotMqtt.Testing.Tests;

/// <summary>docs/testing.md shows the example that is run here.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public async Task The_page_shows_the_example_as_it_is_run()
    {
        var page = await File.ReadAllTextAsync("testing.md", TestContext.Current.CancellationToken);
        var example = await File.ReadAllTextAsync("examples/testing/LabTests.cs", TestContext.Current.CancellationToken);
        var code = page.Split("```csharp\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var lines = example.Split('\n').Select(line => line.Trim()).ToList();

        Assert.NotEmpty(code);
        Assert.Equal(code, lines.SkipWhile(line => line != code[0]).Where(line => line.Length > 0).Take(code.Length));
    }
}
