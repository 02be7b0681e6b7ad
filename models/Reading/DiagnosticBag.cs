using System.Collections;

namespace IotMqtt.Models.Reading;

/// <summary>Collects everything that is wrong with all files, so that it is reported at once: each error once, in the order of files and lines.</summary>
public sealed class DiagnosticBag : IReadOnlyCollection<Diagnostic>
{
    private readonly HashSet<Diagnostic> _diagnostics = [];
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public int Count => _diagnostics.Count;

    /// <summary>
    /// How often an error was noted, one that is there already included: a file that is read again says nothing new, and is wrong all the same.
    /// </summary>
    public int Noted { get; private set; }

    /// <summary>Whether anything is wrong.</summary>
    public bool HasErrors => _diagnostics.Count > 0;

    /// <summary>The full paths of all files that were looked for, those that are not there included: what a change of would give another answer.</summary>
    public IReadOnlyCollection<string> Files => _files;

    /// <summary>Notes that a file was looked for; a name that no file can have is left out.</summary>
    public void LookedFor(string path)
    {
        if (path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal))
        {
            _files.Add(Path.GetFullPath(path));
        }
    }

    /// <summary>Notes an error.</summary>
    public void Error(SourcePosition at, string message, string? suggestion = null)
    {
        Noted++;
        _diagnostics.Add(new(at, message, suggestion));
    }

    /// <inheritdoc/>
    public IEnumerator<Diagnostic> GetEnumerator() => _diagnostics
        .OrderBy(diagnostic => diagnostic.At.File, StringComparer.Ordinal)
        .ThenBy(diagnostic => diagnostic.At.Line)
        .ThenBy(diagnostic => diagnostic.At.Column)
        .GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
