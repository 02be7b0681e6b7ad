using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Devices.Health;

/// <summary>Writes down how the worker is, for as long as it runs.</summary>
internal sealed class HealthReporter(string file, IReadOnlyCollection<DeviceFleetService> fleets, TimeProvider time, ILoggerFactory loggerFactory) : BackgroundService
{
    private readonly ILogger _logger = loggerFactory.CreateLogger("IotMqtt.Devices");

    private bool _hasFailed;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        File.Delete(file);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(HealthReport.Interval, time);
        try
        {
            do
            {
                Write();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private void Write()
    {
        var hosts = fleets.Select(fleet => fleet.Host).OfType<DeviceFleetHost>().ToArray();
        if (hosts.Length < fleets.Count)
        {
            return;
        }

        try
        {
            // Moved into place, so that nobody reads half of it.
            var standingBy = hosts.Sum(host => host.StandingBy);
            var report = new HealthReport(
                time.GetUtcNow(), hosts.Sum(host => host.Count), hosts.Sum(host => host.Online), hosts.Sum(host => host.Away) + standingBy, hosts.Sum(host => host.Taken) - standingBy);
            File.WriteAllBytes(file + ".new", JsonSerializer.SerializeToUtf8Bytes(report, HealthJsonContext.Default.HealthReport));
            File.Move(file + ".new", file, overwrite: true);
            _hasFailed = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Once, and not every two seconds: who looks for the file finds it old.
            if (!_hasFailed)
            {
                _logger.HealthFileFailed(file, exception.Message);
            }

            _hasFailed = true;
        }
    }
}
