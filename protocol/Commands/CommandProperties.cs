using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Protocol.Commands;

/// <summary>The user properties of a command, while they are read. Unknown ones are ignored; of repeated ones the last counts.</summary>
internal struct CommandProperties
{
    private const long MaxBudgetMs = 922_337_203_685_476;

    public TimeSpan? Budget { get; private set; }

    public RunId? Run { get; private set; }

    public string? Step { get; private set; }

    public int? Attempt { get; private set; }

    public long? Epoch { get; private set; }

    public string? TraceParent { get; private set; }

    public AcknowledgementPhases Acks { get; private set; }

    /// <summary>Takes one property. Returns what is wrong with it, and null if nothing is.</summary>
    public string? Read(in UserProperty property)
    {
        var value = property.Value.Span;
        switch (property.Name)
        {
            case PropertyNames.BudgetMs:
                var isBudget = TryGetInteger(value, 1, MaxBudgetMs, out var milliseconds);
                Budget = new TimeSpan(milliseconds * TimeSpan.TicksPerMillisecond);
                return isBudget ? null : "budget-ms is not a count of milliseconds";
            case PropertyNames.Attempt:
                var isAttempt = TryGetInteger(value, 0, int.MaxValue, out var attempt);
                Attempt = (int)attempt;
                return isAttempt ? null : "attempt is not a count";
            case PropertyNames.Epoch:
                var isEpoch = TryGetInteger(value, 0, long.MaxValue, out var epoch);
                Epoch = epoch;
                return isEpoch ? null : "epoch is not a count";
            case PropertyNames.Run:
                var isRun = RunId.TryParse(Text(value), out var run);
                Run = run;
                return isRun ? null : "run is not a run id";
            case PropertyNames.Step:
                Step = Text(value);
                return Step is not null ? null : "step is not a short text";
            case PropertyNames.TraceParent:
                TraceParent = Text(value);
                return TraceParent is not null ? null : "traceparent is not a short text";
            case PropertyNames.Acks:
                return TryAddPhases(value) ? null : "acks may name accepted and running only";
            default:
                return null;
        }
    }

    private bool TryAddPhases(ReadOnlySpan<byte> value)
    {
        foreach (var part in value.Split((byte)','))
        {
            switch (value[part].Trim((byte)' '))
            {
                case var phase when phase.SequenceEqual("accepted"u8):
                    Acks |= AcknowledgementPhases.Accepted;
                    break;
                case var phase when phase.SequenceEqual("running"u8):
                    Acks |= AcknowledgementPhases.Running;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static string? Text(ReadOnlySpan<byte> value) =>
        value.Length <= CommandMessage.MaxTextBytes && Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : null;

    private static bool TryGetInteger(ReadOnlySpan<byte> value, long min, long max, out long number)
    {
        var read = Utf8Parser.TryParse(value, out number, out int length) && length == value.Length && number >= min && number <= max;
        number = read ? number : 0;
        return read;
    }
}
