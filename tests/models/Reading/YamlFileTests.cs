using System.Diagnostics;
using System.Text;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Reading;

public sealed class YamlFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotmqtt-yaml-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_document_becomes_a_tree_with_positions()
    {
        var root = Parse("""
            program: wake-up
            steps:
              - { do: light.on, with: { n: 3 } }
              - "quoted"
            """);

        var map = Assert.IsType<YamlMap>(root);
        Assert.Equal(["program", "steps"], map.Entries.Select(entry => entry.Key.Text));
        var list = Assert.IsType<YamlList>(map.Find("steps"));
        Assert.Equal(new SourcePosition("test.yaml", 3, 3), list.At);
        Assert.Equal(new SourcePosition("test.yaml", 3, 5), list.Items[0].At);
        Assert.Equal(new SourcePosition("test.yaml", 1, 10), map.Find("program")!.At);
        var quoted = Assert.IsType<YamlScalar>(list.Items[1]);
        Assert.True(quoted.IsQuoted);
        Assert.Equal(new SourcePosition("test.yaml", 4, 7), quoted.PositionOf(1));
    }

    [Theory]
    [InlineData("a: 'x y'", 2, 1, 7)]
    [InlineData("a: x y", 2, 1, 6)]
    [InlineData("a: |\n    one\n    two three", 8, 3, 9)]
    public void A_place_in_a_text_is_a_place_in_the_file(string yaml, int offset, int line, int column)
    {
        var scalar = Assert.IsType<YamlScalar>(Assert.IsType<YamlMap>(Parse(yaml)).Find("a"));

        Assert.Equal(new SourcePosition("test.yaml", line, column), scalar.PositionOf(offset));
    }

    [Fact]
    public void All_errors_of_a_document_are_reported_at_once()
    {
        var diagnostics = Refused("""
            color: #ff0000
            a: 1
            a: 2
            b: &anchor x
            c: !!str y
            d: ~
            1: x
            """);

        Assert.Equal([1, 3, 4, 5, 6, 7], diagnostics.Select(diagnostic => diagnostic.At.Line));
    }

    [Fact]
    public void A_file_of_100_MB_is_refused_before_it_is_read()
    {
        var path = Path.Combine(_folder, "huge.yaml");
        using (var stream = File.Create(path))
        {
            stream.SetLength(100_000_000);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var diagnostic = RefusedFile(path);

        Assert.Equal("the file is longer than 16 MiB", diagnostic.Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void A_file_without_an_end_is_refused_where_the_limit_is()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero here");

        Assert.Equal("the file is longer than 16 MiB", RefusedFile("/dev/zero").Message);
    }

    [Fact]
    public void A_byte_that_is_not_UTF8_is_named_with_its_place()
    {
        var path = Path.Combine(_folder, "latin1.yaml");
        File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes("a: ü\nname: caf"), 0xE9, (byte)'\n']);

        var diagnostic = RefusedFile(path);

        Assert.Equal((2, 10), (diagnostic.At.Line, diagnostic.At.Column));
        Assert.Equal("the byte 0xE9 is not UTF-8", diagnostic.Message);
    }

    [Fact]
    public void UTF16_is_named()
    {
        var path = Path.Combine(_folder, "wide.yaml");
        File.WriteAllText(path, "a: b", Encoding.Unicode);

        Assert.Equal("the file is in UTF-16", RefusedFile(path).Message);
    }

    [Fact]
    public void A_byte_order_mark_is_no_content()
    {
        var path = Path.Combine(_folder, "bom.yaml");
        File.WriteAllText(path, "a: b", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.NotNull(Assert.IsType<YamlMap>(YamlFile.Read(path, [])).Find("a"));
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_named()
    {
        Assert.Equal("there is no such file", RefusedFile(Path.Combine(_folder, "none.yaml")).Message);
        Assert.Equal("this is a folder, not a file", RefusedFile(_folder).Message);
        Assert.Equal("there is no such file", RefusedFile(Path.Combine(_folder, "none", "none.yaml")).Message);
    }

    public static TheoryData<string, string> DeepDocuments => new()
    {
        { "flow lists", new string('[', 10_000) + new string(']', 10_000) },
        { "flow lists on lines", string.Concat(Enumerable.Repeat("[\n", 10_000)) },
        { "flow mappings", string.Concat(Enumerable.Repeat("{a: ", 10_000)) },
        { "block lists", string.Concat(Enumerable.Repeat("- ", 10_000)) + "x" },
        { "block mappings", string.Concat(Enumerable.Range(0, 10_000).Select(depth => new string(' ', Math.Min(depth, 400)) + "a:\n")) },
    };

    [Theory]
    [MemberData(nameof(DeepDocuments))]
    public void Nesting_10_000_deep_is_a_clear_error(string kind, string yaml)
    {
        var diagnostic = Assert.Single(Refused(yaml), diagnostic => diagnostic.Message.Contains("nests deeper", StringComparison.Ordinal));

        Assert.Equal("it nests deeper than 256 levels", diagnostic.Message);
        Assert.NotEmpty(kind);
    }

    [Fact]
    public void An_alias_bomb_is_refused_without_being_expanded()
    {
        var bomb = "a: &a [x, x, x]\n" + string.Concat(Enumerable.Range(1, 20).Select(level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat(level == 1 ? "*a" : $"*a{level - 1}", 9))}]\n"));

        var diagnostics = Refused(bomb);

        Assert.Contains(diagnostics, diagnostic => diagnostic.Message == "the alias *a1 is not allowed");
        Assert.InRange(diagnostics.Count, 20, 101);
    }

    [Fact]
    public void Reading_stops_after_a_hundred_errors()
    {
        var diagnostics = Refused(string.Concat(Enumerable.Range(0, 5000).Select(key => $"k{key}:\n")));

        Assert.Equal(101, diagnostics.Count);
    }

    public static TheoryData<string> HostileDocuments =>
    [
        string.Concat(Enumerable.Repeat("? ", 100_000)) + "x",
        new string('[', 1_000_000),
        new string('{', 1_000_000),
        new string('-', 1_000_000),
        string.Concat(Enumerable.Repeat("- ", 500_000)),
        string.Concat(Enumerable.Repeat("a: ", 300_000)),
        new string('"', 1_000_001),
        new string('\'', 1_000_001),
        new string(' ', 1_000_000) + "x",
        string.Concat(Enumerable.Repeat("\n", 1_000_000)),
        "\"" + new string('\\', 1_000_000),
        "a: |\n" + new string('\n', 1_000_000) + "x",
        string.Concat(Enumerable.Repeat("? a\n", 200_000)),
        string.Concat(Enumerable.Repeat("[a, ", 200_000)),
        new string('x', 1_000_000),
        string.Concat(Enumerable.Repeat("x ", 500_000)),
        string.Concat(Enumerable.Repeat("x\n", 500_000)),
        "- {" + string.Concat(Enumerable.Range(0, 100_000).Select(key => $"k{key}: 1, ")),
        "&" + new string('a', 1_000_000),
        "!" + new string('a', 1_000_000),
        "*" + new string('a', 1_000_000),
        "%YAML " + new string('1', 1_000_000),
        "%TAG ! " + new string('1', 1_000_000),
        "#" + new string('a', 1_000_000),
    ];

    [Theory]
    [MemberData(nameof(HostileDocuments))]
    public void A_hostile_document_ends_with_a_tree_or_an_error(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var watch = Stopwatch.StartNew();

        var root = YamlFile.Parse(yaml, "test.yaml", diagnostics);

        Assert.NotEqual(root is null, !diagnostics.HasErrors);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"it took {watch.Elapsed}");
    }

    [Fact]
    public void Ten_thousand_lines_are_read_in_far_less_than_a_second()
    {
        var yaml = "steps:\n" + string.Concat(Enumerable.Range(0, 10_000).Select(line => $"  - {{ do: device-{line}.switch-on, with: {{ level: {line} }}, timeout: 5s }}\n"));
        _ = Parse(yaml);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.NotNull(Parse(yaml));

        // Bytes, not milliseconds: they say the same and do not depend on what else the machine does.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 120_000_000);
    }

    private static YamlNode Parse(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var root = YamlFile.Parse(yaml, "test.yaml", diagnostics);
        Assert.Empty(diagnostics);
        return root!;
    }

    private static List<Diagnostic> Refused(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(YamlFile.Parse(yaml, "test.yaml", diagnostics));
        Assert.NotEmpty(diagnostics);
        return [.. diagnostics];
    }

    private static Diagnostic RefusedFile(string path)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(YamlFile.Read(path, diagnostics));
        return Assert.Single(diagnostics);
    }
}
