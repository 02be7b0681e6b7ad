using CsCheck;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Reading;

/// <summary>Whatever a file holds, reading it ends with a tree or with errors.</summary>
public sealed class YamlFuzzTests
{
    private const string Fleet = """
        fleet: f
        devices:
          - id: "unit-${pad(n, 2)}"   # a comment
            model: hue-light
            count: 3
            vars: { serial: 'SN${n}', x: [1, 2.5, true] }
            labels:
              site: lab
            initial: { color: "#ff0000" }
            commands:
              switch-on: { takes: 300ms..1s, requires: "power == false || brightness > 3" }
        faults:
          - { on-devices: 5%, drop: { what: sent, probability: 30% } }
        """;

    [Fact]
    public void Any_text_is_read_or_refused() =>
        Gen.String[Gen.Char["abc:-?,[]{}#&*!|>'\"%@`~ \n\t\\01.<=$\r\u00e9\u2028\ud83d"], 0, 60].Sample(text => ReadOrRefused(YamlFile.Parse, text), iter: 20_000);

    [Fact]
    public void A_fleet_that_lost_or_won_some_characters_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, Fleet.Length - 1], Gen.Int[0, 12], Gen.String[Gen.Char["a:-,[]{}#&*!|>'\"% \n\t${}"], 0, 4]).Sample((at, length, text) =>
        {
            var broken = string.Concat(Fleet.AsSpan(0, at), text, Fleet.AsSpan(Math.Min(Fleet.Length, at + length)));
            return ReadOrRefused((document, name, diagnostics) => FleetFile.Parse(document, name, new(), diagnostics), broken);
        }, iter: 1000);

    private static bool ReadOrRefused(Func<string, string, DiagnosticBag, object?> read, string text)
    {
        var diagnostics = new DiagnosticBag();
        var result = read(text, "test.yaml", diagnostics);
        return (result is null) == diagnostics.HasErrors && diagnostics.All(diagnostic => diagnostic.At.Line >= 1 && diagnostic.At.Column >= 1);
    }
}
