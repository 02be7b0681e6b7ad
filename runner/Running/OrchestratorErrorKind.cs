namespace IotMqtt.Runner.Running;

/// <summary>Why a run could not take place, by who can do something about it. Its number is the exit code. DESIGN section 10.</summary>
public enum OrchestratorErrorKind
{
    /// <summary>The program, the fleet, a parameter or an option is not valid: whoever wrote it.</summary>
    InvalidInput = 2,

    /// <summary>The broker cannot be reached, or lets nobody in: whoever runs it, or typed its address or password.</summary>
    BrokerUnreachable = 3,

    /// <summary>Devices are missing: whoever starts them.</summary>
    DevicesMissing = 4,
}
