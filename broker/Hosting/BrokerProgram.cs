using System.Runtime.InteropServices;
using IotMqtt.Broker.Listening;

namespace IotMqtt.Broker.Hosting;

/// <summary>The broker as a program.</summary>
internal static class BrokerProgram
{
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (arguments.Any(argument => argument is "--help" or "-h" or "-?"))
        {
            await output.WriteLineAsync(Usage.Text);
            return ExitCode.Success;
        }

        var isProbe = arguments is ["health", ..];
        var (url, rest) = isProbe ? TakeUrl(arguments[1..]) : (null, arguments);
        if (!TryReadFile(out var file, out var unreadable))
        {
            await errors.WriteLineAsync($"appsettings.json cannot be read: {unreadable}");
            return ExitCode.InvalidOptions;
        }

        var (options, wrong) = SettingsReader.Read(rest, file, Variables());
        if (wrong.Count > 0)
        {
            // What could be read may be wrong too: all of it is said at once.
            var (_, more) = await ListenerPlan.MakeAsync(options.Effective, cancellationToken);
            await errors.WriteLineAsync(string.Join(Environment.NewLine, [.. wrong, .. more.Select(error => error.Message)]));
            return ExitCode.InvalidOptions;
        }

        if (!isProbe)
        {
            return await ServeAsync(options, errors, cancellationToken);
        }

        url ??= HealthUrl(options.Broker);
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

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    private static async Task<int> ServeAsync(ProgramOptions options, TextWriter errors, CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(options.LogLevel)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff ")));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop);
        try
        {
            await using var broker = await MqttBroker.StartAsync(options.Effective, loggers, stop.Token);
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

    private static (string? Url, string[] Others) TakeUrl(string[] arguments) => arguments switch
    {
        ["--url", var url, .. var rest] => (url, rest),
        [var first, .. var rest] when first.StartsWith("--url=", StringComparison.Ordinal) => (first["--url=".Length..], rest),
        _ => (null, arguments),
    };

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
