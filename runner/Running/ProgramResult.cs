using IotMqtt.Engine.Running;
using IotMqtt.Runner.Registry;

namespace IotMqtt.Runner.Running;

/// <summary>How a run ended. Steps are told to observers as they happen; a run itself keeps nothing of what is done.</summary>
public sealed record ProgramResult
{
    /// <summary>The run, 32 hexadecimal digits: in logs, user properties and the devices' ledgers.</summary>
    public required string Run { get; init; }

    /// <summary>The name of the program.</summary>
    public required string Program { get; init; }

    /// <summary>When the program began, by the calendar.</summary>
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>The seed of all its chance.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How its devices were found.</summary>
    public required Registration Registration { get; init; }

    /// <summary>How it went.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Whether all succeeded, but for what was caught or tolerated.</summary>
    public bool Succeeded => Verdict.Status == RunStatus.Succeeded;

    /// <summary>The exit code of <c>iotmqtt run</c>: 0, 1, 5 or 130. DESIGN section 10.</summary>
    public int ExitCode => Verdict.ExitCode;
}
