using System.Globalization;
using IotMqtt.Models.Reading;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli.Diagnosing;

/// <summary>
/// Says everything that is wrong with the input, at once: <c>file:line:column: error: message; suggestion</c>, and in a terminal the line
/// itself with a mark under the place.
/// </summary>
internal sealed class DiagnosticPrinter(ITextOutput output, bool withExcerpts)
{
    private const int MaxDiagnostics = 100;
    private const long LargestExcerptFile = 4 * 1024 * 1024;
    private readonly Dictionary<string, string[]> _files = [];

    /// <summary>Prints them in the order in which they stand in their files.</summary>
    public void Print(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics.Take(MaxDiagnostics))
        {
            Print(diagnostic);
        }

        if (diagnostics.Count > MaxDiagnostics)
        {
            output.Write(new(new Piece(string.Create(CultureInfo.InvariantCulture, $"… and {diagnostics.Count - MaxDiagnostics:N0} more errors"), Tone.Bad)));
        }
    }

    private void Print(Diagnostic diagnostic)
    {
        var place = diagnostic.At.ToString();
        output.Write(new(
            new Piece(place.Length == 0 ? "" : place + ": ", Tone.Strong),
            new("error: ", Tone.Bad),
            diagnostic.Message,
            new(diagnostic.Suggestion is null ? "" : "; " + diagnostic.Suggestion, Tone.Active)));
        if (withExcerpts && Line(diagnostic.At) is { } line)
        {
            var number = diagnostic.At.Line.ToString(CultureInfo.InvariantCulture).PadLeft(5);
            var column = Math.Clamp(diagnostic.At.Column - 1, 0, line.Length);
            var before = string.Concat(line[..column].Select(letter => letter == '\t' ? '\t' : ' ')).Replace("\t", "    ", StringComparison.Ordinal);
            output.Write(new(new Piece($"{number} │ ", Tone.Soft), line.Replace("\t", "    ", StringComparison.Ordinal)));
            output.Write(new(new Piece("      │ ", Tone.Soft), new(before + "^", Tone.Bad)));
        }
    }

    private string? Line(SourcePosition at)
    {
        if (at.Line < 1)
        {
            return null;
        }

        if (!_files.TryGetValue(at.File, out var lines))
        {
            _files[at.File] = lines = Read(at.File);
        }

        return at.Line <= lines.Length && lines[at.Line - 1].Length <= 300 ? lines[at.Line - 1] : null;
    }

    /// <summary>The lines of a file; none where it cannot be shown: a diagnostic stands for itself.</summary>
    private static string[] Read(string file)
    {
        try
        {
            var info = new FileInfo(file);
            return info.Exists && info.Length <= LargestExcerptFile ? File.ReadAllLines(file) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
