namespace IotMqtt.Orchestrator.Tests.Cli;

/// <summary>The schemas, outside a clone.</summary>
public sealed class SchemaTests : CliTest
{
    [Theory]
    [InlineData("program")]
    [InlineData("fleet")]
    [InlineData("model")]
    public async Task It_prints_the_schema_that_is_committed(string kind)
    {
        var result = await RunAsync("schema", kind);

        Assert.Equal(0, result.Code);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Readme.ReadmeBlock.Root, "schemas", $"{kind}.schema.json"), TestContext.Current.CancellationToken), result.Output);
    }

    [Fact]
    public async Task It_writes_all_of_them_and_says_how_files_name_them()
    {
        var folder = Path.Combine(Folder, "schemas");

        var result = await RunAsync("schema", "--write", folder);

        Assert.Equal(0, result.Code);
        Assert.Equal(["fleet.schema.json", "model.schema.json", "program.schema.json"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Contains("  # yaml-language-server: $schema=schemas/program.schema.json\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pogram", "there is no schema of 'pogram'")]
    [InlineData(null, "say which")]
    public async Task What_there_is_not_is_said(string? kind, string error)
    {
        var result = await RunAsync(["schema", .. kind is null ? (string[])[] : [kind]]);

        Assert.Equal(2, result.Code);
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_init_writes_names_schemas_that_are_there()
    {
        Assert.Equal(0, (await RunAsync("init", Folder)).Code);

        foreach (var file in Directory.GetFiles(Folder, "*.yaml", SearchOption.AllDirectories))
        {
            var line = (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken))[0];
            Assert.StartsWith("# yaml-language-server: $schema=", line, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(file)!, line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..])), line);
        }

        Assert.Equal(0, (await RunAsync("validate", Folder)).Code);
    }
}
