using IotMqtt.Devices.Health;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Devices.Hosting;

/// <summary>The worker as a program.</summary>
internal static class DevicesProgram
{
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (arguments.Any(argument => argument is "--help" or "-h" or "-?"))
        {
            await output.WriteLineAsync(Usage.Text);
            return ExitCode.Success;
        }

        var isProbe = arguments is ["health", ..];
        if (!TryReadFile(out var file, out var unreadable))
        {
            await errors.WriteLineAsync($"appsettings.json cannot be read: {unreadable}");
            return ExitCode.InvalidInput;
        }

        var (options, wrong) = SettingsReader.Read(isProbe ? arguments[1..] : arguments, file, Environment.GetEnvironmentVariable);
        if (isProbe && wrong.Count == 0)
        {
            return await HealthProbe.RunAsync(options.HealthFile, TimeProvider.System, errors, cancellationToken);
        }

        var fleet = ReadFleet(options, wrong, out var everything);
        if (everything.Count > 0)
        {
            await errors.WriteLineAsync(string.Join(Environment.NewLine, everything));
            return ExitCode.InvalidInput;
        }

        return await ServeAsync(fleet!, options, errors, cancellationToken);
    }

    /// <summary>What is wrong with the fleet is said together with what is wrong with the options.</summary>
    private static FleetDefinition? ReadFleet(WorkerOptions options, IReadOnlyList<string> wrong, out List<string> everything)
    {
        everything = [.. wrong];
        if (options.FleetFile is not { } path)
        {
            if (!wrong.Any(error => error.Contains("--fleet", StringComparison.Ordinal)))
            {
                everything.Add($"There is no fleet to host: give --fleet FILE, or set {Setting.EnvironmentPrefix}FLEET.");
            }

            return null;
        }

        var diagnostics = new DiagnosticBag();
        var fleet = FleetFile.Read(path, new FleetOptions { Seed = options.Fleet.Seed }, diagnostics);
        everything.AddRange(diagnostics.Select(diagnostic => diagnostic.ToString()));
        return fleet is not null && options.Worker is { } share ? share.Take(fleet) : fleet;
    }

    private static async Task<int> ServeAsync(FleetDefinition fleet, WorkerOptions options, TextWriter errors, CancellationToken cancellationToken)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging
            .SetMinimumLevel(options.LogLevel)
            .AddFilter("Microsoft", LogLevel.Warning)

            // It would log what this program says better, with a stack trace.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        builder.Services.AddDeviceFleet(fleet, options.Fleet);
        if (options.HealthFile is { } health)
        {
            builder.Services.AddDeviceFleetHealthFile(health);
        }

        using var host = builder.Build();
        try
        {
            await host.RunAsync(cancellationToken);
            return ExitCode.Success;
        }
        catch (DeviceFleetException exception)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitCode.Of(exception.Kind);
        }
        catch (OperationCanceledException)
        {
            // Stopped while it started.
            return ExitCode.Success;
        }
    }

    private static bool TryReadFile(out IConfiguration file, out string? error)
    {
        try
        {
            error = null;
            file = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddJsonFile(Path.Combine(Environment.CurrentDirectory, "appsettings.json"), optional: true)
                .Build();
            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or FormatException)
        {
            (file, error) = (new ConfigurationBuilder().Build(), exception.GetBaseException().Message);
            return false;
        }
    }
}
