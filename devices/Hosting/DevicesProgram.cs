using System.CommandLine;
using System.CommandLine.Help;
using IotMqtt.Devices.Health;
using IotMqtt.Hosting.Logging;
using IotMqtt.Hosting.Options;
using IotMqtt.Hosting.Telemetry;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Devices.Hosting;

/// <summary>The worker as a program.</summary>
internal static class DevicesProgram
{
    private const string Description = """
        Hosts the devices of a fleet, one MQTT connection each, until it is stopped.

        Each option also comes from the environment (IOTMQTT_FLEET; with _FILE, from the file that the variable names) and from
        appsettings.json, below Devices. The command line wins over the environment, and that over the file.

        Exit codes: 0 stopped, 2 the input is not valid, 3 the broker cannot be reached or does not let the devices in; of health: 0 healthy, 1 not.
        """;

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var reading = Read(arguments, Variables.OfProcess(), SettingsFile.Standard);
        if (await reading.AnswersAsync(output, errors, cancellationToken))
        {
            return ExitCode.Success;
        }

        var (options, wrong) = reading.Options(new());
        if (reading.IsHealth && wrong.Count == 0)
        {
            return await HealthProbe.RunAsync(options.HealthFile, TimeProvider.System, errors, cancellationToken);
        }

        var fleet = ReadFleet(options, wrong, out var everything);
        if (everything.Count > 0)
        {
            await errors.WriteLineAsync(string.Join(Environment.NewLine, everything));
            return ExitCode.InvalidInput;
        }

        foreach (var warning in reading.Source.Warnings)
        {
            await errors.WriteLineAsync($"warning: {warning}");
        }

        return await ServeAsync(fleet!, options, errors, cancellationToken);
    }

    /// <summary>Reads the options of a command line.</summary>
    internal static ProgramReading<WorkerOptions> Read(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, Func<OptionNames, IEnumerable<string>, SettingsFile> file)
    {
        var health = new Command("health", "Exit with 0 if a worker with these options has all its devices online, else with 1") { new HelpOption() };
        return new ProgramLine<WorkerOptions>("iotmqtt-devices", Description, Settings.Names, Settings.All, health)
            .Read(arguments, variables, file, Unknown);
    }

    /// <summary>The broker's variables begin with those of the worker, and files of fleets read others.</summary>
    private static IEnumerable<string> Unknown(IEnumerable<string> variables, OptionNames names, IEnumerable<string> options) =>
        Variables.Misspelt(variables.Where(name => !name.StartsWith(names.Variable("broker") + "_", StringComparison.Ordinal)), names, options);

    /// <summary>What is wrong with the fleet is said together with what is wrong with the options.</summary>
    private static FleetDefinition? ReadFleet(WorkerOptions options, IReadOnlyList<string> wrong, out List<string> everything)
    {
        everything = [.. wrong];
        if (options.FleetFile is not { } path)
        {
            if (!wrong.Any(error => error.Contains("--fleet", StringComparison.Ordinal)))
            {
                everything.Add($"There is no fleet to host: give --fleet FILE, or set {Settings.Names.Variable("fleet")}.");
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
            .AddProgramConsole(options.Log)

            // It would log what this program says better, with a stack trace.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.AddDeviceFleet(fleet, options.Fleet);
        if (options.HealthFile is { } health)
        {
            builder.Services.AddDeviceFleetHealthFile(health);
        }

        using var telemetry = ProgramTelemetry.Start("iotmqtt-devices", Environment.GetEnvironmentVariable);
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
}
