using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Devices.External;

/// <summary>What says that a device which is not ours is there, or is not. DESIGN section 6.</summary>
internal sealed record OnlineDefinition
{
    /// <summary>The topic filter, over the device's id and variables.</summary>
    public required ValueTemplate Topic { get; init; }

    /// <summary>Where it was written.</summary>
    public SourcePosition At { get; init; } = SourcePosition.None;

    /// <summary>How payloads are read.</summary>
    public PayloadFormat Format { get; init; }

    /// <summary>The quality of service of the subscription: 0, 1 or 2.</summary>
    public int QualityOfService { get; init; } = MessageDefinition.DefaultQualityOfService;

    /// <summary>Whether a message says that it is there, or that it is not; null: each says that it is. One for which it cannot be evaluated says nothing.</summary>
    public Expression? Where { get; init; }
}

/// <summary>What says that a command of a device which is not ours is done.</summary>
internal sealed record DoneDefinition
{
    /// <summary>The entry of <c>receives</c>.</summary>
    public required string Received { get; init; }

    /// <summary>Which messages of it, over the properties after it, <c>args</c> and what came; null: the next one.</summary>
    public Expression? Where { get; init; }

    /// <summary>For how long it is waited for, from the publish. What has not come by then leaves the command unanswered.</summary>
    public required TimeSpan Within { get; init; }
}

/// <summary>What says that a command of a device which is not ours went wrong.</summary>
internal sealed record FailedDefinition
{
    /// <summary>The entry of <c>receives</c>.</summary>
    public required string Received { get; init; }

    /// <summary>Which messages of it; null: any.</summary>
    public Expression? Where { get; init; }

    /// <summary>What is wrong, over what came; null: the message itself says.</summary>
    public ValueTemplate? Error { get; init; }
}
