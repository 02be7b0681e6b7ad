using IotMqtt.Devices;
using IotMqtt.Runner.Running;

namespace IotMqtt.Runner.Embedded;

/// <summary>What is wrong with a fleet of this process, by who can remedy it.</summary>
internal static class EmbeddedFailure
{
    public static OrchestratorException From(DeviceFleetException exception) => new(
        exception.Kind switch
        {
            DeviceFleetErrorKind.BrokerUnreachable or DeviceFleetErrorKind.BrokerRefused => OrchestratorErrorKind.BrokerUnreachable,
            _ => OrchestratorErrorKind.InvalidInput,
        },
        exception.Message,
        exception);
}
