using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices;

/// <summary>A fleet could not start. <see cref="Kind"/> says who can remedy it, the message what to do next.</summary>
public sealed class DeviceFleetException(DeviceFleetErrorKind kind, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What went wrong.</summary>
    public DeviceFleetErrorKind Kind { get; } = kind;

    internal static DeviceFleetException From(LinkFailure failure, int failed, int all)
    {
        var kind = failure.Kind switch
        {
            LinkFailureKind.BadCredentials or LinkFailureKind.NotAuthorized or LinkFailureKind.Refused or LinkFailureKind.TakenOver
                => DeviceFleetErrorKind.BrokerRefused,
            LinkFailureKind.InvalidOptions => DeviceFleetErrorKind.InvalidInput,
            _ => DeviceFleetErrorKind.BrokerUnreachable,
        };
        return new DeviceFleetException(kind, failed == all ? failure.Message : $"{failed} of {all} devices could not connect: {failure.Message}");
    }
}
