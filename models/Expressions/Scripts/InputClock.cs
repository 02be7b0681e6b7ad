using System.Globalization;
using Jint.Runtime;

namespace IotMqtt.Models.Expressions.Scripts;

/// <summary>The clock of an engine: the time that the evaluation was given, in UTC.</summary>
internal sealed class InputClock : ITimeSystem
{
    private readonly DefaultTimeSystem _parsing = new(TimeZoneInfo.Utc, CultureInfo.InvariantCulture);

    public DateTimeOffset Now { get; set; }

    public TimeZoneInfo DefaultTimeZone => TimeZoneInfo.Utc;

    public DateTimeOffset GetUtcNow() => Now;

    public TimeSpan GetUtcOffset(long epochMilliseconds) => TimeSpan.Zero;

    public bool TryParse(string date, out long epochMilliseconds) => _parsing.TryParse(date, out epochMilliseconds);
}
