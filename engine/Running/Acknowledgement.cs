using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running;

/// <summary>What a device says about a command. DESIGN section 4.</summary>
internal sealed record Acknowledgement
{
    /// <summary>Where the command stands.</summary>
    public required CommandStatus Status { get; init; }

    /// <summary>The epoch that is echoed; null: the device does not echo it.</summary>
    public long? Epoch { get; init; }

    /// <summary>The result of what succeeded.</summary>
    public Value Result { get; init; }

    /// <summary>The properties that the command changed; null: none.</summary>
    public ValueMap? Changed { get; init; }

    /// <summary>When it arrived, by the device's clock: only differences count.</summary>
    public TimeSpan? Accepted { get; init; }

    /// <summary>When it began to be carried out, by the device's clock.</summary>
    public TimeSpan? Started { get; init; }

    /// <summary>When it ended, by the device's clock.</summary>
    public TimeSpan? Done { get; init; }

    /// <summary>What kind of error, such as <c>precondition-failed</c>.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The reason, for people.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Whether it says how the command ended.</summary>
    public bool IsTerminal => Status is not (CommandStatus.Accepted or CommandStatus.Running);

    /// <summary>How long the device carried it out; zero where it was never started.</summary>
    public TimeSpan Execution => Started is { } started && Done is { } done && done > started ? done - started : TimeSpan.Zero;

    /// <summary>How long it waited in the device.</summary>
    public TimeSpan Queued => Accepted is { } accepted && (Started ?? Done) is { } until && until > accepted ? until - accepted : TimeSpan.Zero;
}
