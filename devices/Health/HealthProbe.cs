using System.Text.Json;
using IotMqtt.Devices.Hosting;

namespace IotMqtt.Devices.Health;

/// <summary>Asks how a worker is: a container's health check, without a tool beside the program in its image.</summary>
internal static class HealthProbe
{
    public static async Task<int> RunAsync(string? file, TimeProvider time, TextWriter errors, CancellationToken cancellationToken)
    {
        var problem = file is null
            ? "The worker says nowhere how it is: give both the worker and this --health-file."
            : await ReadAsync(file, time, cancellationToken);
        if (problem is null)
        {
            return ExitCode.Success;
        }

        await errors.WriteLineAsync(problem);
        return file is null ? ExitCode.InvalidInput : ExitCode.Unhealthy;
    }

    private static async Task<string?> ReadAsync(string file, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var report = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file, cancellationToken), HealthJsonContext.Default.HealthReport);
            return report is null ? $"{file} is empty" : report.Problem(time.GetUtcNow());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return $"No worker says how it is: {exception.Message}";
        }
    }
}
