using System.Globalization;
using System.Net;
using System.Text;
using IotMqtt.Runner.Reports;

namespace IotMqtt.Testing.Pages;

/// <summary>Everything that crossed a lab, and the runs in it, as one self-contained page.</summary>
internal static class LabPage
{
    private const int MaxRows = 20_000;

    private const string Head = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Lab</title><style>
        :root { color-scheme: light dark; } body { font: 14px/1.45 system-ui, sans-serif; margin: 24px; }
        input { font: inherit; padding: 5px 9px; width: min(420px, 100%); margin: 12px 0; }
        table { border-collapse: collapse; width: 100%; } th { text-align: left; } td, th { padding: 3px 10px; vertical-align: top; border-bottom: 1px solid #8884; }
        td { font-family: ui-monospace, Consolas, monospace; font-size: 13px; overflow-wrap: anywhere; } td:first-child { text-align: right; white-space: nowrap; }
        .bad { color: #c92a38; } .run td { background: #6ea8fe22; font-weight: 600; } .kept { opacity: .65; }
        </style></head><body>
        """;

    private const string Tail = """
        </tbody></table><script>
        const filter = document.getElementById('filter'), rows = [...document.querySelectorAll('tbody tr')];
        filter.addEventListener('input', () => { const text = filter.value.toLowerCase(); for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(text); });
        </script></body></html>
        """;

    public static void Write(TextWriter output, string root, IReadOnlyList<LabMessage> messages, IReadOnlyList<(TimeSpan At, LabRun Run)> runs, IReadOnlyList<string> failures)
    {
        output.Write(Head);
        output.Write($"<h1>Lab {Encode(root)}</h1><p>{messages.Count} messages, {runs.Count} runs{(messages.Count > MaxRows ? $"; the last {MaxRows} messages are shown" : "")}.</p>");
        foreach (var failure in failures)
        {
            output.Write($"<p class=\"bad\">{Encode(failure)}</p>");
        }

        output.Write("<input id=\"filter\" type=\"search\" placeholder=\"topic or payload\" aria-label=\"Filter\"><table><thead><tr><th>s</th><th>topic</th><th>payload</th></tr></thead><tbody>");
        var next = 0;
        foreach (var message in messages.Skip(messages.Count - MaxRows))
        {
            while (next < runs.Count && runs[next].At <= message.At)
            {
                Write(output, runs[next++]);
            }

            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"<tr{(message.Retained ? " class=\"kept\"" : "")}><td>{message.At.TotalSeconds:0.000}</td><td>{Encode(message.Topic)}</td><td>{Encode(Shown(message))}</td></tr>"));
        }

        while (next < runs.Count)
        {
            Write(output, runs[next++]);
        }

        output.Write(Tail);
    }

    private static void Write(TextWriter output, (TimeSpan At, LabRun Run) run)
    {
        var report = run.Run.Report;
        var errors = string.Join("; ", report.Errors.Where(error => error.Fatal).Select(error => error.ToString()));
        output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"<tr class=\"run\"><td>{run.At.TotalSeconds:0.000}</td><td>{Encode(report.Program)}</td><td{(run.Run.Succeeded ? "" : " class=\"bad\"")}>{StatusNames.Of(report.Status)} {Encode(errors)}</td></tr>"));
    }

    private static string Shown(LabMessage message) => message.Value is { Kind: Models.Values.ValueKind.Text } text ? text.AsText : message.Value.ToJson();

    private static string Encode(string text)
    {
        var encoded = WebUtility.HtmlEncode(text);

        // What no page may hold.
        return encoded.Any(static character => char.IsControl(character) && character != '\n')
            ? encoded.Aggregate(new StringBuilder(), static (kept, character) => kept.Append(char.IsControl(character) && character != '\n' ? '\ufffd' : character)).ToString()
            : encoded;
    }
}
