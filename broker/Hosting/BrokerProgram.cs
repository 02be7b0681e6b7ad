using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using IotMqtt.Broker.Listening;
using IotMqtt.Hosting.Logging;
using IotMqtt.Hosting.Options;
using IotMqtt.Hosting.Telemetry;

namespace IotMqtt.Broker.Hosting;

/// <summary>The broker as a program.</summary>
internal static class BrokerProgram
{
    private const string Description = """
        The MQTT broker of IotMqtt: MQTT 5 and 3.1.1 over TCP, TLS and WebSocket, until SIGTERM or Ctrl-C.

        Each option also comes from the environment (IOTMQTT_BROKER_PORT; with _FILE, from the file that the variable names) and from
        appsettings.json, below Broker. The command line wins over the environment, and that over the file.

        'check' before other options says what is wrong with them, and listens on nothing; 'passwd FILE USER' writes a password file; SIGHUP has users and access list read again.

        Exit codes: 0 stopped, 2 an option is not valid, 3 it cannot listen; of health: 0 healthy, 1 not.
        """;

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (arguments is [PasswordCommand.Name, .. var rest])
        {
            return await PasswordCommand.RunAsync(rest, Console.In, output, errors, cancellationToken);
        }

        var isCheck = arguments is ["check", ..];
        arguments = isCheck ? arguments[1..] : arguments;
        var url = new Option<string?>("--url") { HelpName = "URL", Description = "where to ask [the health port of these options]" };
        var reading = Read(arguments, Variables.OfProcess(), SettingsFile.Standard, url);
        if (await reading.AnswersAsync(output, errors, cancellationToken))
        {
            return ExitCode.Success;
        }

        var (options, wrong) = reading.Options(new());
        if (wrong.Count > 0)
        {
            // What could be read may be wrong too: all of it is said at once.
            var (_, more) = await ListenerPlan.MakeAsync(options.Effective, cancellationToken);
            await errors.WriteLineAsync(string.Join(Environment.NewLine, [.. wrong, .. more.Select(error => error.Message)]));
            return ExitCode.InvalidOptions;
        }

        foreach (var warning in reading.Source.Warnings)
        {
            await errors.WriteLineAsync($"warning: {warning}");
        }

        return isCheck ? await CheckAsync(options.Effective, output, errors, cancellationToken)
            : reading.IsHealth ? await AskAsync(reading.Parsed.GetValue(url) ?? HealthUrl(options.Broker), errors, cancellationToken)
            : await ServeAsync(options, errors, cancellationToken);
    }

    /// <summary>Says what is wrong with options and the files that they name, or that nothing is, and listens on nothing.</summary>
    private static async Task<int> CheckAsync(BrokerOptions options, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var (plan, wrong) = await ListenerPlan.MakeAsync(options, cancellationToken);
        if (plan is null)
        {
            await errors.WriteLineAsync(string.Join(Environment.NewLine, wrong.Select(error => error.Message)));
            return ExitCode.InvalidOptions;
        }

        foreach (var doubt in plan.Certificate is { } certificate ? Certificates.Doubts(certificate, TimeProvider.System.GetUtcNow()) : [])
        {
            await errors.WriteLineAsync($"warning: clients may refuse the certificate: {doubt}");
        }

        await output.WriteLineAsync($"It would listen on {string.Join(", ", plan.Listeners.Select(listener => $"{listener.Port} ({listener.Kind})"))} of {string.Join(" and ", plan.Addresses)}.");
        return ExitCode.Success;
    }

    /// <summary>Reads the options of a command line.</summary>
    internal static ProgramReading<ProgramOptions> Read(
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> variables,
        Func<OptionNames, IEnumerable<string>, SettingsFile> file,
        Option<string?>? url = null)
    {
        var health = new Command("health", "Exit with 0 if a broker with these options takes connections, else with 1") { new HelpOption() };
        if (url is not null)
        {
            health.Options.Add(url);
        }

        return new ProgramLine<ProgramOptions>("iotmqtt-broker", Description, Settings.Names, Settings.All, health)
            .Read(arguments, variables, file, Variables.Unknown);
    }

    private static async Task<int> AskAsync(string? url, TextWriter errors, CancellationToken cancellationToken)
    {
        if (url is null)
        {
            await errors.WriteLineAsync("The broker has no HTTP port with these settings, so it does not say how it is. Set --health-port, or give --url.");
            return ExitCode.InvalidOptions;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var asked) || asked.Scheme is not ("http" or "https"))
        {
            await errors.WriteLineAsync($"'{url}' is no URL to ask for health; one is http://127.0.0.1:8083/health/ready.");
            return ExitCode.InvalidOptions;
        }

        return await HealthProbe.RunAsync(asked, errors, cancellationToken);
    }

    private static async Task<int> ServeAsync(ProgramOptions options, TextWriter errors, CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProgramConsole(options.Log));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop);
        try
        {
            using var telemetry = ProgramTelemetry.Start("iotmqtt-broker", Environment.GetEnvironmentVariable);
            await using var broker = await MqttBroker.StartAsync(options.Effective, loggers, stop.Token);
            using var metrics = new BrokerMetrics(broker);
            using var reload = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
            {
                signal.Cancel = true;
                broker.ReloadAccess();
            });
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Success;
        }
        catch (BrokerException exception)
        {
            await errors.WriteLineAsync(exception.Message);
            return exception.Kind is BrokerErrorKind.PortInUse or BrokerErrorKind.CannotListen ? ExitCode.CannotListen : ExitCode.InvalidOptions;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Success;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>Where a broker with the same settings says how it is.</summary>
    private static string? HealthUrl(BrokerOptions options)
    {
        var host = options.Host is "*" or "0.0.0.0" or "::" ? "127.0.0.1" : options.Host.Contains(':') ? $"[{options.Host}]" : options.Host;
        return (options.HealthPort ?? options.WebSocketPort) is { } port ? $"http://{host}:{port}/health/ready" : null;
    }
}
