using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace IotMqtt.Models.Fleets;

/// <summary>
/// The part of a fleet that one of several workers hosts. Which device belongs to which part depends on its id alone; seeds, faults and
/// selections do not change with the number of parts.
/// </summary>
/// <param name="Number">Which part, from 1.</param>
/// <param name="Of">How many parts there are.</param>
internal readonly record struct FleetShare(int Number, int Of)
{
    /// <summary>Reads <c>2/4</c>.</summary>
    /// <returns>False where it is none: both are whole numbers, the first from 1 to the second.</returns>
    public static bool TryParse(string text, out FleetShare share)
    {
        ArgumentNullException.ThrowIfNull(text);
        share = default;
        if (text.Split('/') is not [var first, var second]
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var of)
            || number < 1 || number > of)
        {
            return false;
        }

        share = new FleetShare(number, of);
        return true;
    }

    /// <summary>Whether a device belongs to it.</summary>
    public bool Has(string device) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(device.AsSpan())) % (ulong)Of == (ulong)(Number - 1);

    /// <summary>The fleet with the devices of this part alone.</summary>
    public FleetDefinition Take(FleetDefinition fleet)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        var share = this;
        return new FleetDefinition { Name = fleet.Name, Devices = [.. fleet.Devices.Where(device => share.Has(device.Id))], IsPart = fleet.IsPart };
    }
}
