using System.Reflection;
using System.Text.RegularExpressions;

namespace IotMqtt.Broker.Tests.Conformance;

/// <summary>Holds docs/mqtt-conformance.md to the statements of the specification and to the tests that there are.</summary>
public sealed partial class ConformanceTableTests
{
    /// <summary>The normative statements of MQTT 5.0, appendix B, that bind a server: section and numbers.</summary>
    private static readonly (string Section, string Numbers)[] Statements =
    [
        ("1.5.4", "1 2 3"),
        ("1.5.5", "1"),
        ("1.5.7", "1"),
        ("2.1.3", "1"),
        ("2.2.1", "2 4 5 6"),
        ("2.2.2", "1"),
        ("3.1.0", "1 2"),
        ("3.1.2", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 22 23 24 25 26 27 28 29"),
        ("3.1.3", "1 2 3 4 5 6 7 8 9 10 11 12"),
        ("3.1.4", "1 2 3 4 5 6"),
        ("3.2.0", "1 2"),
        ("3.2.2", "1 2 3 6 7 8 9 10 12 13 16 19 20 22"),
        ("3.3.1", "1 2 3 4 5 6 7 8 9 10 11 12 13"),
        ("3.3.2", "1 2 3 4 5 6 7 8 11 12 13 14 15 16 17 18 19 20"),
        ("3.3.4", "1 2 3 4 5 6 9 10"),
        ("3.4.2", "1 2 3"),
        ("3.5.2", "1 2 3"),
        ("3.6.1", "1"),
        ("3.6.2", "1 2 3"),
        ("3.7.2", "1 2 3"),
        ("3.8.1", "1"),
        ("3.8.3", "1 2 3 4 5"),
        ("3.8.4", "1 2 3 4 5 6 7 8"),
        ("3.9.2", "1 2"),
        ("3.9.3", "1 2"),
        ("3.10.1", "1"),
        ("3.10.3", "1 2"),
        ("3.10.4", "1 2 3 4 5 6"),
        ("3.11.2", "1 2"),
        ("3.11.3", "1 2"),
        ("3.12.4", "1"),
        ("3.14.0", "1"),
        ("3.14.1", "1"),
        ("3.14.2", "1 2 3 4"),
        ("3.14.4", "1 2 3"),
        ("3.15.1", "1"),
        ("3.15.2", "1 2 3"),
        ("4.1.0", "1 2"),
        ("4.2", "1"),
        ("4.3.1", "1"),
        ("4.3.2", "1 2 3 4 5"),
        ("4.3.3", "1 2 3 4 5 6 7 8 9 10 11 12 13"),
        ("4.4.0", "1 2"),
        ("4.5.0", "1"),
        ("4.6.0", "5 6"),
        ("4.7.0", "1"),
        ("4.7.1", "1 2"),
        ("4.7.2", "1"),
        ("4.7.3", "1 2 3 4"),
        ("4.8.2", "1 2 3 4 5 6"),
        ("4.9.0", "1 2 3"),
        ("4.12.0", "1 2 4 5 6"),
        ("4.13.1", "1"),
        ("4.13.2", "1"),
        ("6.0.0", "1 2 4"),
    ];

    private static readonly List<string[]> Rows = [.. File.ReadAllLines(Path.Combine(Root(), "docs", "mqtt-conformance.md"))
        .Where(line => line.StartsWith("| MQTT-", StringComparison.Ordinal)).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];

    [Fact]
    public void Every_statement_that_binds_a_server_is_there_once() => Assert.Equal(
        Statements.SelectMany(statement => statement.Numbers.Split(' ').Select(number => $"MQTT-{statement.Section}-{number}")).Order(StringComparer.Ordinal),
        Rows.Select(row => row[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void A_statement_is_held_by_tests_that_exist_or_does_not_apply_for_a_reason()
    {
        var tests = typeof(ConformanceTableTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
                .Where(method => method.GetCustomAttributes<FactAttribute>().Any(fact => fact.Skip is null))
                .Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(Rows, row =>
        {
            var named = Named().Matches(row[3]).Select(match => match.Groups[1].Value).ToList();
            if (row[2] != "held")
            {
                Assert.StartsWith("does not apply: ", row[2], StringComparison.Ordinal);
                Assert.True(row[2].Length > "does not apply: ".Length && named.Count == 0, row[0]);
                return;
            }

            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.True(tests.Contains(name), $"{row[0]} names {name}, which is no test"));
        });
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Named();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "IotMqtt.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("there is no IotMqtt.sln above the tests");
        }

        return folder.FullName;
    }
}
