using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Calls;

/// <summary>What became of a call of the system under test.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Value">The answer: <c>{ status, headers, body }</c> or <c>{ exit, output, error }</c>.</param>
/// <param name="Message">Why there is none.</param>
internal sealed record CallAnswer(CallOutcome Outcome, Value Value, string? Message = null)
{
    /// <summary>An answer.</summary>
    public static CallAnswer Of(Value value) => new(CallOutcome.Answered, value);
}

/// <summary>What became of a call.</summary>
internal enum CallOutcome
{
    /// <summary>There is an answer, whatever it says.</summary>
    Answered,

    /// <summary>It has not been carried out: nobody listens there, there is no such program.</summary>
    Unreachable,

    /// <summary>It went wrong on its way: whether it was carried out is not known.</summary>
    Failed,

    /// <summary>This world calls nobody: a dry run.</summary>
    NotCarriedOut,
}
