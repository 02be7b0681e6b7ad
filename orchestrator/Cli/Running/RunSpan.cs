using System.Diagnostics;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>The span of a command line within a trace that somebody else has begun, and gives it by <c>TRACEPARENT</c>: a CI job, a script.</summary>
internal static class RunSpan
{
    private static readonly ActivitySource Source = new("IotMqtt.Cli");

    /// <summary>Begins it; null: nobody traces, or there is no trace around.</summary>
    public static Activity? Begin(Func<string, string?> environment) =>
        ActivityContext.TryParse(environment("TRACEPARENT"), environment("TRACESTATE"), isRemote: true, out var parent)
            ? Source.StartActivity("iotmqtt run", ActivityKind.Internal, parent)
            : null;
}
