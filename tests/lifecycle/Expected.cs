using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Values;

namespace IotMqtt.Lifecycle;

/// <summary>What an acknowledgement must say; null: anything.</summary>
internal sealed record Expected
{
    public required CommandStatus Status { get; init; }

    /// <summary>The error's code; where none is expected there must be none.</summary>
    public string? Error { get; init; }

    /// <summary>A part of the error's message.</summary>
    public string? Says { get; init; }

    public long? Epoch { get; init; }

    public int? Attempt { get; init; }

    public Value? Result { get; init; }

    /// <summary>The changed properties, all of them.</summary>
    public ValueMap? Changed { get; init; }

    public long? Revision { get; init; }

    public bool? Started { get; init; }

    /// <summary>Fails unless the answer says all this, and its times fit to each other and to its status.</summary>
    public void Check(Answer answer)
    {
        Assert.Equal(Status, answer.Status);
        Assert.Equal(Error, answer.ErrorCode);
        if (Says is not null)
        {
            Assert.Contains(Says, answer.ErrorMessage, StringComparison.Ordinal);
        }

        AssertGiven(Epoch, answer.Epoch, "epoch");
        AssertGiven(Attempt, answer.Attempt, "attempt");
        AssertGiven(Revision, answer.Revision, "revision");
        AssertGiven(Started, answer.Started is not null, "started");
        if (Result is { } result)
        {
            Assert.Equal(result, answer.Result);
        }

        if (Changed is not null)
        {
            Assert.Equal(Changed, answer.Changed ?? ValueMap.Empty);
        }

        CheckTimes(answer);
    }

    private static void CheckTimes(Answer answer)
    {
        if (answer.Started is { } started)
        {
            Assert.True(answer.Accepted <= started, "it was started before it was accepted");
            Assert.True(answer.Done is null || started <= answer.Done, "it was done before it was started");
        }

        if (answer.Status is CommandStatus.Rejected or CommandStatus.Expired or CommandStatus.Unknown or CommandStatus.Accepted)
        {
            Assert.Null(answer.Started);
        }
    }

    private static void AssertGiven<T>(T? expected, T? actual, string what)
        where T : struct
    {
        if (expected is not null)
        {
            Assert.True(expected.Equals(actual), $"{what} is {actual}, expected {expected}");
        }
    }
}
