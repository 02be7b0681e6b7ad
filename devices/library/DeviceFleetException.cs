using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices;

/// <summary>A fleet could not start. <see cref="Kind"/> says who can remedy it, the message what to do next.</summary>
public sealed class DeviceFleetException(DeviceFleetErrorKind kind, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    private const int MostNamed = 10;

    /// <summary>What went wrong.</summary>
    public DeviceFleetErrorKind Kind { get; } = kind;

    internal static DeviceFleetException From(LinkFailure failure) => new(KindOf(failure), failure.Message);

    /// <summary>All that failed, by why: each reason once, with the devices that it kept away.</summary>
    internal static DeviceFleetException From(IReadOnlyList<(string Device, LinkFailure Failure)> failures, int all)
    {
        var reasons = failures.GroupBy(failed => failed.Failure.Message, StringComparer.Ordinal).OrderByDescending(reason => reason.Count()).ToArray();
        var first = reasons[0].First().Failure;
        if (failures.Count == all && reasons.Length == 1)
        {
            return From(first);
        }

        var lines = reasons.Select(reason => $"{Named([.. reason.Select(failed => failed.Device).Order(StringComparer.Ordinal)])}: {reason.Key}").ToArray();
        var head = $"{failures.Count} of {all} devices could not connect";
        return new DeviceFleetException(KindOf(first), lines.Length == 1 ? $"{head}, {lines[0]}" : $"{head}:{string.Concat(lines.Select(line => $"{Environment.NewLine}  {line}"))}");
    }

    internal static string Named(string[] devices) => devices.Length <= MostNamed
        ? string.Join(", ", devices)
        : $"{string.Join(", ", devices.Take(MostNamed))} and {devices.Length - MostNamed} more";

    private static DeviceFleetErrorKind KindOf(LinkFailure failure) => failure.Kind switch
    {
        LinkFailureKind.BadCredentials or LinkFailureKind.NotAuthorized or LinkFailureKind.Refused or LinkFailureKind.TakenOver
            => DeviceFleetErrorKind.BrokerRefused,
        LinkFailureKind.InvalidOptions => DeviceFleetErrorKind.InvalidInput,
        _ => DeviceFleetErrorKind.BrokerUnreachable,
    };
}
