using System.Collections;

namespace IotMqtt.Models.Reading;

/// <summary>Collects everything that is wrong with all files, so that it is reported at once.</summary>
public sealed class DiagnosticBag : IReadOnlyCollection<Diagnostic>
{
    private readonly List<Diagnostic> _diagnostics = [];

    /// <inheritdoc/>
    public int Count => _diagnostics.Count;

    /// <summary>Whether anything is wrong.</summary>
    public bool HasErrors => _diagnostics.Count > 0;

    /// <summary>Notes an error.</summary>
    public void Error(SourcePosition at, string message, string? suggestion = null)
    {
        var diagnostic = new Diagnostic(at, message, suggestion);
        if (!_diagnostics.Contains(diagnostic))
        {
            _diagnostics.Add(diagnostic);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Diagnostic> GetEnumerator() => _diagnostics
        .OrderBy(diagnostic => diagnostic.At.File, StringComparer.Ordinal)
        .ThenBy(diagnostic => diagnostic.At.Line)
        .ThenBy(diagnostic => diagnostic.At.Column)
        .GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
