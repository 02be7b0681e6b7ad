using System.Collections.Immutable;
using System.Globalization;
using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads <c>retry</c>.</summary>
internal static class RetryReader
{
    /// <summary>What <c>retry</c> takes.</summary>
    public static string Schema => Shape.Ref("retry");

    /// <summary>Its keys.</summary>
    public static KeyTable Keys { get; } = new(
        new("attempts", Shape.Count, "How often it is tried in all, the first time included.", Required: true),
        new("backoff", Shape.OneOf(Backoffs.Select(choice => choice.Name)), "How the delay between attempts grows; exponential unless it says otherwise."),
        new("initial", Shape.FixedDuration, "The first delay; 200ms unless it says otherwise."),
        new("max-delay", Shape.FixedDuration, "The longest delay; 5s unless it says otherwise."),
        new("jitter", Shape.Percent, "How far chance moves a delay either way; 20% unless it says otherwise."),
        new("when", Shape.AnyOf(Shape.Ref("retriable"), Shape.ListOf(Shape.Ref("retriable"))), "Which outcomes are tried again; all but unknown unless it says otherwise."),
        new("attempt-timeout", Shape.FixedDuration, "How long one attempt may take."));

    /// <summary>The outcomes that may be tried again.</summary>
    public static ImmutableArray<(string Name, StepStatus Choice)> Retriable { get; } = StepStatusNames.Of(
        StepStatus.Unreachable, StepStatus.Rejected, StepStatus.Expired, StepStatus.Failed, StepStatus.TimedOut, StepStatus.Unknown);

    private static (string Name, Backoff Choice)[] Backoffs =>
        [("constant", Backoff.Constant), ("linear", Backoff.Linear), ("exponential", Backoff.Exponential)];

    /// <summary>Reads the policy.</summary>
    public static RetryPolicy? Read(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar { IsQuoted: false, Text: var text } && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var attempts))
        {
            diagnostics.Error(node.At, $"retry must be a mapping of keys and values, but is {node.Describe()}", $"write {{ attempts: {attempts} }}, the first time included");
            return null;
        }

        if (MapReader.Open(node, "retry", diagnostics) is not { } map || !Keys.Check(map.Map, "retry", diagnostics))
        {
            return null;
        }

        var policy = new RetryPolicy { Attempts = 1 };
        return policy with
        {
            Attempts = ValueReader.Count(map, "attempts") ?? policy.Attempts,
            Backoff = map.OneOf<Backoff>("backoff", Backoffs) ?? policy.Backoff,
            Initial = map.Duration("initial") ?? policy.Initial,
            MaxDelay = map.Duration("max-delay") ?? policy.MaxDelay,
            Jitter = map.Percent("jitter") / 100 ?? policy.Jitter,
            When = StepStatusNames.Read(map, "when", Retriable.AsSpan(), diagnostics) ?? policy.When,
            AttemptTimeout = map.Duration("attempt-timeout"),
        };
    }
}
