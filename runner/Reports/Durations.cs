using System.Globalization;

namespace IotMqtt.Runner.Reports;

/// <summary>How lengths of time are shown to people.</summary>
internal static class Durations
{
    /// <summary><c>501 ms</c>, <c>1.004 s</c>, <c>3 m 05 s</c>, <c>2 h 03 m</c>; under 10 ms one decimal.</summary>
    public static string Short(double milliseconds) => milliseconds switch
    {
        < 0.05 => "0 ms",
        < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms"),
        < 999.5 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"),
        < 59_999.5 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.000} s"),
        < 3_599_500 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Math.Round(milliseconds / 1000) / 60):0} m {Math.Round(milliseconds / 1000) % 60:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Math.Round(milliseconds / 60_000) / 60):0} h {Math.Round(milliseconds / 60_000) % 60:00} m"),
    };

    /// <summary>A point of time of a run: seconds with milliseconds, <c>1.004</c>.</summary>
    public static string Point(double milliseconds) => (milliseconds / 1000).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>An efficiency to three decimals, rounded down so that only the perfect is 1: what a report holds, and every view of it shows.</summary>
    public static double Rounded(double ratio) => Math.Floor((ratio * 1000) + 1e-9) / 1000;

    /// <summary>An efficiency: <c>0.996</c>.</summary>
    public static string Ratio(double ratio) => Rounded(ratio).ToString("0.000", CultureInfo.InvariantCulture);
}
