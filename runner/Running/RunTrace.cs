using System.Diagnostics;
using System.Diagnostics.Metrics;
using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Running;

/// <summary>
/// What is measured and traced of a run: a span for the run, one within it for each command, and by <c>traceparent</c> the device's within that.
/// Costs next to nothing where nobody listens.
/// </summary>
internal sealed class RunTrace
{
    /// <summary>The name of the source of spans, and of the meter.</summary>
    public const string Name = "IotMqtt.Runner";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> CommandDuration =
        Meter.CreateHistogram<double>("iotmqtt.runner.command.duration", "s", "How long commands took from their order to their end, by status.");

    private static readonly Histogram<double> RunDuration =
        Meter.CreateHistogram<double>("iotmqtt.runner.run.duration", "s", "How long programs took, by status.");

    private readonly Activity? _run;

    // A span that began elsewhere, where this run has none.
    private readonly string? _around;

    private RunTrace(Activity? run)
    {
        _run = run;
        _around = Activity.Current is { IdFormat: ActivityIdFormat.W3C } around ? around.Id : null;
    }

    /// <summary>A run has begun, within the span that is current here.</summary>
    public static RunTrace Begin(string program, string run)
    {
        var span = Source.StartActivity($"run {program}");
        span?.SetTag("iotmqtt.program", program);
        span?.SetTag("iotmqtt.run", run);
        return new RunTrace(span);
    }

    /// <summary>A command is ordered, by a thread that goes on with other things: its span is current for nobody.</summary>
    public Activity? Order(string topic, string device, string command, int attempt)
    {
        if (_run is null)
        {
            return null;
        }

        var before = Activity.Current;
        var span = Source.StartActivity($"{device}.{command}", ActivityKind.Producer, _run.Context);
        Activity.Current = before;
        span?.SetTag("messaging.system", "mqtt");
        span?.SetTag("messaging.operation.type", "send");
        span?.SetTag("messaging.destination.name", topic);
        span?.SetTag("iotmqtt.device", device);
        span?.SetTag("iotmqtt.command", command);
        span?.SetTag("iotmqtt.attempt", attempt);
        return span;
    }

    /// <summary>The <c>traceparent</c> that a command carries; null: it belongs to no trace.</summary>
    public string? ParentFor(Activity? command) => command?.Id ?? _around;

    /// <summary>A command has ended.</summary>
    /// <param name="span">Its span.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="status">How it ended: <c>succeeded</c>, <c>rejected</c>, …</param>
    /// <param name="error">What went wrong.</param>
    public static void Ended(Activity? span, TimeSpan took, string status, string? error)
    {
        CommandDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("status", status));
        End(span, status, status == "succeeded", error);
    }

    /// <summary>The run has ended; null: without a verdict.</summary>
    public void Ended(Verdict? verdict)
    {
        var status = verdict?.Status.ToString().ToLowerInvariant() ?? "aborted";
        if (verdict is not null)
        {
            RunDuration.Record(verdict.Makespan.TotalSeconds, new KeyValuePair<string, object?>("status", status));
        }

        End(_run, status, verdict?.Status == RunStatus.Succeeded, verdict?.Errors is [var first, ..] ? first.Message : null);
    }

    private static void End(Activity? span, string status, bool isGood, string? error)
    {
        if (span is null)
        {
            return;
        }

        span.SetTag("iotmqtt.status", status);
        span.SetStatus(isGood ? ActivityStatusCode.Ok : ActivityStatusCode.Error, isGood ? null : error);

        // The end of a span makes current what was before it, which is nobody's business here.
        var current = Activity.Current;
        span.Dispose();
        Activity.Current = current == span ? span.Parent : current;
    }
}
