using IotMqtt.Protocol.Ids;
using IotMqtt.Runner.Dispatch.Devices;

namespace IotMqtt.Runner.Registry;

/// <summary>A device on its way to being registered.</summary>
internal sealed class Candidate(KnownDevice device)
{
    public KnownDevice Device { get; } = device;

    public CandidateStage Stage { get; set; } = CandidateStage.Unseen;

    /// <summary>The request that it has to answer.</summary>
    public CommandId Request { get; set; }

    /// <summary>How often it was asked without having been heard of.</summary>
    public int Knocks { get; set; }

    /// <summary>The request of these times.</summary>
    public CommandId KnockId { get; set; }

    /// <summary>Why it does not take part, as it says.</summary>
    public string? Refusal { get; set; }

    /// <summary>Whether its state is known, where it has to be.</summary>
    public bool HasState { get; set; }
}

/// <summary>How far a device is.</summary>
internal enum CandidateStage
{
    /// <summary>It has not said that it is there.</summary>
    Unseen,

    /// <summary>It has said that it is gone.</summary>
    Offline,

    /// <summary>It is there and waits to be asked.</summary>
    Online,

    /// <summary>It has been asked.</summary>
    Asked,

    /// <summary>It has refused.</summary>
    Refused,

    /// <summary>It is registered.</summary>
    Registered,
}
