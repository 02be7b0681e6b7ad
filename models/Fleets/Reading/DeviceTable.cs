using System.Collections.Immutable;
using IotMqtt.Models.Devices.Reading;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>A file of devices, <c>from: devices.csv</c>: a row of names, then a row a device; every value is text.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Lines">Where each row begins.</param>
/// <param name="Ids">Where the id of each row is written, where there is a column of that name.</param>
internal sealed record DeviceTable(
    ImmutableArray<string> Columns, ImmutableArray<ValueMap> Rows, ImmutableArray<SourcePosition> Lines, ImmutableArray<SourcePosition> Ids)
{
    /// <summary>Where the id of a row is written; the row itself where it has none of its own.</summary>
    public SourcePosition IdOf(int row) => Ids.IsEmpty ? Lines[row] : Ids[row];

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
            diagnostics.Error(
                new(path, 1, 1),
                lines.Count == 0 ? "the file is empty" : "there is no row after the names of the columns",
                "the first row names the columns, each other is a device");
            return null;
        }

        var before = diagnostics.Noted;
        var header = lines[0];
        CheckColumns(header, diagnostics);
        var rows = ImmutableArray.CreateBuilder<ValueMap>(lines.Count - 1);
        foreach (var fields in lines.Skip(1))
        {
            if (fields.Length != header.Length)
            {
                diagnostics.Error(
                    fields[0].At, $"this row has {Values(fields.Length)}, the first has {header.Length}",
                    fields.Length > header.Length ? "put values with commas in double quotes" : null);
                continue;
            }

            var row = new ValueMap.Builder();
            for (var column = 0; column < header.Length; column++)
            {
                row.Set(header[column].Text, Value.Of(fields[column].Text));
            }

            rows.Add(row.Build());
        }

        if (diagnostics.Noted != before)
        {
            return null;
        }

        var id = Array.FindIndex(header, column => column.Text == "id");
        return new(
            [.. header.Select(column => column.Text)], rows.DrainToImmutable(), [.. lines.Skip(1).Select(fields => fields[0].At)],
            id < 0 ? [] : [.. lines.Skip(1).Select(fields => fields[id].At)]);
    }

    private static void CheckColumns(CsvField[] header, DiagnosticBag diagnostics)
    {
        if (header is [{ IsQuoted: false } only] && only.Text.AsSpan().ContainsAny(";\t|"))
        {
            diagnostics.Error(only.At, "this row is one column", "separate columns with commas");
            return;
        }

        for (var index = 0; index < header.Length; index++)
        {
            var column = header[index];
            ModelNames.CheckVariable(new(column.At, column.Text, IsQuoted: true), "a column", diagnostics);
            if (column.Text == "env")
            {
                diagnostics.Error(column.At, "\"env\" cannot name a column: it holds the environment variables", "write env_");
            }
            else if (header.AsSpan(0, index).ToArray().Any(other => other.Text == column.Text))
            {
                diagnostics.Error(column.At, $"the column \"{column.Text}\" is there twice", "remove one of them");
            }
        }
    }

    private static string Values(int count) => count == 1 ? "1 value" : $"{count} values";
}
