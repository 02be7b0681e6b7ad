using System.Diagnostics;
using IotMqtt.Testing;

namespace IotMqtt.Runner.Tests.Reports;

/// <summary>Debian's Chromium, headless, with a profile of its own: opens a page and gives back what its script made of it.</summary>
internal static class Chromium
{
    private static readonly string[] Switches =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--enable-logging=stderr", "--v=0",
    ];

    public static async Task<(string Dom, string Log)> OpenAsync(string page, CancellationToken cancellationToken)
    {
        var profile = Directory.CreateTempSubdirectory("iotmqtt-chromium-");
        try
        {
            var start = new ProcessStartInfo(Tool.Find("chromium", "chromium")) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var one in (string[])[.. Switches, $"--user-data-dir={profile.FullName}", "--window-size=1400,900", "--virtual-time-budget=20000", "--dump-dom", new Uri(page).AbsoluteUri])
            {
                start.ArgumentList.Add(one);
            }

            using var process = Process.Start(start) ?? throw new InvalidOperationException("chromium did not start");
            var log = process.StandardError.ReadToEndAsync(cancellationToken);
            var dom = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (dom, await log);
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }
}
