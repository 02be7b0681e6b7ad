using System.Globalization;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Faults;

/// <summary>Writes faults for the wire.</summary>
internal static class FaultWriter
{
    public static Value Write(FaultDefinition fault)
    {
        var map = new ValueMap.Builder();
        if (fault.Latency is { } latency)
        {
            map.Set("latency", Write(latency));
        }

        if (fault.Drop is { } drop)
        {
            var what = drop.What == MessageDirection.Sent ? "sent" : "received";
            map.Set("drop", Map(("what", Value.Of(what)), ("probability", Percent(drop.Probability))));
        }

        if (fault.Duplicate > 0)
        {
            map.Set("duplicate", Percent(fault.Duplicate));
        }

        if (fault.Reject is { } reject)
        {
            map.Set("reject", Map(("probability", Percent(reject.Probability)), ("message", Value.Of(reject.Message))));
        }

        if (fault.Hang > 0)
        {
            map.Set("hang", Percent(fault.Hang));
        }

        if (fault.Disconnect is { } disconnect)
        {
            map.Set("disconnect", disconnect.For is { } duration ? Write(duration) : Value.True);
        }

        return Value.Of(map.Build());
    }

    private static Value Write(DurationSpec duration) => duration switch
    {
        DurationSpec.Fixed always => Text(always.Value),
        DurationSpec.Uniform range => Value.Of($"{DurationText.Format(range.Min)}..{DurationText.Format(range.Max)}"),
        DurationSpec.Normal normal => Map(("normal", Map(("mean", Text(normal.MeanValue)), ("sd", Text(normal.StandardDeviation))))),
        _ => throw new ArgumentOutOfRangeException(nameof(duration), duration, "no such duration"),
    };

    // Ten digits are more than anybody writes, and hide what binary fractions add.
    private static Value Percent(double probability) =>
        Value.Of(Math.Round(probability * 100, 10).ToString(CultureInfo.InvariantCulture) + "%");

    private static Value Text(TimeSpan duration) => Value.Of(DurationText.Format(duration));

    private static Value Map(params ReadOnlySpan<(string Name, Value Value)> entries) => Value.Of(ValueMap.Of(entries));
}
