using IotMqtt.Devices.Fleet.Links;
using IotMqtt.Models.Fleets;
using IotMqtt.Protocol.Ids;

namespace IotMqtt.Devices.Fleet;

/// <summary>What a fleet and its options must fulfil before anything is opened. Everything that is wrong is said at once.</summary>
internal static class FleetRules
{
    public static void ThrowIfInvalid(FleetDefinition fleet, DeviceFleetOptions options)
    {
        List<string> wrong = [];
        foreach (var device in fleet.Devices)
        {
            if (!DeviceId.TryParse(device.Id, out _))
            {
                wrong.Add($"'{device.Id}' is no device id: it must be one topic level");
            }
        }

        wrong.AddRange(fleet.Devices.Select(device => device.Connection is { } own ? OwnConnectionOptions.ProblemOf(own) : null).OfType<string>().Distinct());
        Positive(wrong, options.Concurrency, "the connect concurrency");
        Positive(wrong, options.Loops, "the number of loops");
        Positive(wrong, options.DescriptorsPerDevice, "the number of descriptors a device");
        Positive(wrong, options.Device.QueueBound, "the bound of a device's queue");
        Positive(wrong, options.Device.LedgerCapacity, "the capacity of a device's ledger");
        if (options.ConnectTimeout <= TimeSpan.Zero || options.StopTimeout <= TimeSpan.Zero)
        {
            wrong.Add("the timeouts must be longer than nothing");
        }

        if (options.StateInterval < TimeSpan.Zero)
        {
            wrong.Add("the state interval must not be negative");
        }

        if (wrong.Count > 0)
        {
            throw new DeviceFleetException(DeviceFleetErrorKind.InvalidInput, string.Join(Environment.NewLine, wrong));
        }
    }

    private static void Positive(List<string> wrong, int value, string what)
    {
        if (value < 1)
        {
            wrong.Add($"{what} must be at least 1, but is {value}");
        }
    }
}
