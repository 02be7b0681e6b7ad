using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions;

/// <summary>What an expression came to: a value, or the reason why there is none.</summary>
internal readonly record struct Evaluation
{
    private Evaluation(Value value, string? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The value, where it succeeded.</summary>
    public Value Value { get; }

    /// <summary>Why it failed, with a suggestion where there is one; null where it succeeded.</summary>
    public string? Error { get; }

    /// <summary>For a condition that does not hold, where it was asked for: the values that it looked at, <c>value.ENERGY.Power is 12</c>.</summary>
    public string? Seen { get; init; }

    /// <summary>Whether it failed.</summary>
    public bool Failed => Error is not null;

    /// <summary>A value.</summary>
    public static Evaluation Of(Value value) => new(value, null);

    /// <summary>A failure.</summary>
    public static Evaluation Fail(string error) => new(default, error);
}
