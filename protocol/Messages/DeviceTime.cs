using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Messages;

/// <summary>
/// A moment on a device's own clock, to the microsecond. On the wire: a JSON number, milliseconds since 1970-01-01 UTC with at
/// most three decimals, so that <c>new Date(…)</c> and <c>jq</c> read it. Two devices' moments are comparable only as well as
/// their clocks agree; differences on one device always are.
/// </summary>
/// <param name="UnixMicroseconds">Microseconds since 1970-01-01 UTC.</param>
[JsonConverter(typeof(DeviceTimeConverter))]
internal readonly record struct DeviceTime(long UnixMicroseconds) : IComparable<DeviceTime>
{
    // The year 9999; what lies beyond is refused when read.
    private const double MaxUnixMilliseconds = 253_402_300_799_999;

    /// <summary>Milliseconds since 1970-01-01 UTC, as on the wire.</summary>
    public decimal UnixMilliseconds => UnixMicroseconds / 1000m;

    /// <summary>The moment of a clock.</summary>
    public static DeviceTime From(DateTimeOffset time) => new((time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>The moment now.</summary>
    public static DeviceTime Now(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return From(time.GetUtcNow());
    }

    /// <summary>Reads milliseconds; false for what is no moment between 1970 and 9999.</summary>
    public static bool TryFromUnixMilliseconds(double milliseconds, out DeviceTime time)
    {
        var valid = milliseconds is >= 0 and <= MaxUnixMilliseconds;
        time = valid ? new DeviceTime((long)Math.Round(milliseconds * 1000)) : default;
        return valid;
    }

    /// <summary>The moment as a date.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks(UnixMicroseconds * TimeSpan.TicksPerMicrosecond);

    /// <inheritdoc/>
    public int CompareTo(DeviceTime other) => UnixMicroseconds.CompareTo(other.UnixMicroseconds);

    /// <summary>From one moment to a later one of the same device.</summary>
    public static TimeSpan operator -(DeviceTime later, DeviceTime earlier) =>
        TimeSpan.FromMicroseconds(later.UnixMicroseconds - earlier.UnixMicroseconds);

    /// <summary>From an earlier moment of the same device to this one.</summary>
    public TimeSpan Subtract(DeviceTime earlier) => this - earlier;

    /// <summary>Earlier.</summary>
    public static bool operator <(DeviceTime left, DeviceTime right) => left.UnixMicroseconds < right.UnixMicroseconds;

    /// <summary>Earlier or equal.</summary>
    public static bool operator <=(DeviceTime left, DeviceTime right) => left.UnixMicroseconds <= right.UnixMicroseconds;

    /// <summary>Later.</summary>
    public static bool operator >(DeviceTime left, DeviceTime right) => left.UnixMicroseconds > right.UnixMicroseconds;

    /// <summary>Later or equal.</summary>
    public static bool operator >=(DeviceTime left, DeviceTime right) => left.UnixMicroseconds >= right.UnixMicroseconds;

    internal void WriteTo(Utf8JsonWriter writer)
    {
        if (UnixMicroseconds % 1000 == 0)
        {
            writer.WriteNumberValue(UnixMicroseconds / 1000);
        }
        else
        {
            writer.WriteNumberValue(UnixMilliseconds);
        }
    }
}
