using System.Collections.Immutable;
using IotMqtt.Models.Devices.Reading;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>A file of devices, <c>from: devices.csv</c>: a row of names, then a row a device; every value is text.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The rows.</param>
internal sealed record DeviceTable(ImmutableArray<string> Columns, ImmutableArray<ValueMap> Rows)
{
    public static DeviceTable? Read(string path, SourcePosition at, DiagnosticBag diagnostics)
    {
        if (!File.Exists(path))
        {
            diagnostics.Error(at, $"there is no file {path}", "the path is relative to this file");
            return null;
        }

        if (YamlFile.ReadText(path, diagnostics) is not { } text || CsvText.Parse(text, path, diagnostics) is not { } lines)
        {
            return null;
        }

        if (lines.Count < 2)
        {
            diagnostics.Error(new(path, 1, 1), lines.Count == 0 ? "the file is empty" : "there is no row after the names of the columns");
            return null;
        }

        var before = diagnostics.Count;
        var (header, headerLine) = lines[0];
        foreach (var column in header)
        {
            ModelNames.CheckVariable(new(new(path, headerLine, 1), column, IsQuoted: true), "a column", diagnostics);
            if (column != "n" && header.Count(other => other == column) > 1)
            {
                diagnostics.Error(new(path, headerLine, 1), $"the column \"{column}\" is there twice");
            }
        }

        var rows = ImmutableArray.CreateBuilder<ValueMap>(lines.Count - 1);
        foreach (var (fields, line) in lines.Skip(1))
        {
            if (fields.Length != header.Length)
            {
                diagnostics.Error(new(path, line, 1), $"this row has {fields.Length} values, the first has {header.Length}");
                continue;
            }

            var row = new ValueMap.Builder();
            for (var column = 0; column < header.Length; column++)
            {
                row.Set(header[column], Value.Of(fields[column]));
            }

            rows.Add(row.Build());
        }

        return diagnostics.Count == before ? new([.. header], rows.DrainToImmutable()) : null;
    }
}
