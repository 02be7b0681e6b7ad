using IotMqtt.Models.Chance;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Faults;

/// <summary>Reads faults that came over the wire. The first thing that is wrong is said.</summary>
internal sealed class FaultReader
{
    public string? Error { get; private set; }

    public FaultDefinition? Read(Value value)
    {
        if (value.Kind != ValueKind.Map || value.AsMap.Count == 0)
        {
            Fail("a fault is an object that says what goes wrong");
            return null;
        }

        var fault = new FaultDefinition();
        foreach (var (name, part) in value.AsMap)
        {
            fault = Add(fault, name, part);
        }

        return Error is null ? fault : null;
    }

    private FaultDefinition Add(FaultDefinition fault, string name, Value part) => name switch
    {
        "latency" => fault with { Latency = Duration(name, part) },
        "drop" => fault with { Drop = Drop(part) },
        "duplicate" => fault with { Duplicate = Probability(name, part) },
        "reject" => fault with { Reject = Reject(part) },
        "hang" => fault with { Hang = Probability(name, part) },
        "disconnect" => fault with { Disconnect = Disconnect(part) },
        _ => Unknown(fault, name),
    };

    private DropFault? Drop(Value part)
    {
        if (!Has(part, "drop", ["what", "probability"]))
        {
            return null;
        }

        var what = part.AsMap.TryGet("what", out var given) && given.Kind == ValueKind.Text ? given.AsText : "";
        if (what is not ("sent" or "received"))
        {
            Fail("drop: what must be sent or received");
        }

        var direction = what == "sent" ? MessageDirection.Sent : MessageDirection.Received;
        return new DropFault(direction, Probability("drop", Member(part, "probability", Value.Of(1))));
    }

    private RejectFault? Reject(Value part)
    {
        if (!Has(part, "reject", ["probability", "message"]))
        {
            return null;
        }

        var message = Member(part, "message", Value.Of("a fault refuses it"));
        if (message.Kind != ValueKind.Text)
        {
            Fail("reject: message must be a text");
            return null;
        }

        return new RejectFault(Probability("reject", Member(part, "probability", Value.Of(1))), message.AsText);
    }

    private DisconnectFault? Disconnect(Value part) =>
        !Has(part, "disconnect", ["for"]) ? null
        : new DisconnectFault(part.AsMap.TryGet("for", out var duration) ? Duration("disconnect", duration) : null);

    private double Probability(string name, Value part)
    {
        if (part.IsNumeric && part.AsNumber is >= 0 and <= 1)
        {
            return part.AsNumber;
        }

        Fail($"{name}: a probability is a number from 0 to 1");
        return 0;
    }

    private DurationSpec? Duration(string name, Value part)
    {
        if (part.Kind == ValueKind.Text && Duration(part.AsText) is { } duration)
        {
            return duration;
        }

        if (part.Kind == ValueKind.Map && part.AsMap.TryGet("normal", out var normal) && normal.Kind == ValueKind.Map
            && Text(normal, "mean") is { } mean && Text(normal, "sd") is { } deviation)
        {
            return new DurationSpec.Normal(mean, deviation);
        }

        Fail($"{name}: a duration is written as 500ms, 300ms..1s or {{ normal: {{ mean: 500ms, sd: 100ms }} }}");
        return null;
    }

    private static DurationSpec? Duration(string text)
    {
        if (DurationText.TryParse(text, out var always))
        {
            return new DurationSpec.Fixed(always);
        }

        var dots = text.IndexOf("..", StringComparison.Ordinal);
        return dots > 0 && DurationText.TryParse(text.AsSpan(0, dots), out var min)
            && DurationText.TryParse(text.AsSpan(dots + 2), out var max) && min <= max
                ? new DurationSpec.Uniform(min, max)
                : null;
    }

    private static TimeSpan? Text(Value map, string name) =>
        map.AsMap.TryGet(name, out var value) && value.Kind == ValueKind.Text && DurationText.TryParse(value.AsText, out var duration) ? duration : null;

    private static Value Member(Value map, string name, Value otherwise) => map.AsMap.TryGet(name, out var value) ? value : otherwise;

    private bool Has(Value part, string name, ReadOnlySpan<string> members)
    {
        if (part.Kind != ValueKind.Map)
        {
            Fail($"{name} must be an object");
            return false;
        }

        foreach (var (member, _) in part.AsMap)
        {
            if (!members.Contains(member))
            {
                Fail($"{name} has no \"{member}\"");
            }
        }

        return true;
    }

    private FaultDefinition Unknown(FaultDefinition fault, string name)
    {
        Fail($"no such fault: {name}");
        return fault;
    }

    private void Fail(string error) => Error ??= error;
}
