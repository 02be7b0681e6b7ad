using System.CommandLine;
using IotMqtt.Hosting.Logging;
using IotMqtt.Hosting.Options;
using IotMqtt.Orchestrator.Cli.Logging;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli.Options;

/// <summary>The options of the commands that talk to devices that are there: without a broker, the one of <c>iotmqtt up</c>.</summary>
internal sealed class ConnectionOptionSet
{
    private const string Default = "mqtt://127.0.0.1:1883";
    private readonly BrokerOptionSet _broker = new(Default);
    private readonly Option<bool> _plain = CommonOptions.Plain();
    private readonly LogOptionSet _log = new();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        _broker.AddTo(command);
        command.Options.Add(_plain);
        _log.AddTo(command);
    }

    /// <summary>What they say.</summary>
    /// <exception cref="CliException">Something is wrong with them.</exception>
    public Connection Read(OptionSource source)
    {
        var options = new ProgramRunnerOptions
        {
            Broker = _broker.Broker(source) ?? BrokerUrl.Parse(Default),
            Tls = _broker.Tls(source),
            Root = _broker.Root(source),
        };
        var connection = new Connection(options, source.IsOn(_plain), _log.Read(source));
        return source.Errors.Count == 0 ? connection : throw new CliException(ExitCodes.InvalidInput, [.. source.Errors]);
    }
}

/// <summary>A connection that is to be made.</summary>
/// <param name="Options">Where to.</param>
/// <param name="IsPlain">Whether colours are not wanted.</param>
/// <param name="Log">What is logged.</param>
internal sealed record Connection(ProgramRunnerOptions Options, bool IsPlain, LogOptions Log)
{
    /// <summary>Makes it.</summary>
    /// <exception cref="OrchestratorException">The broker cannot be reached, or lets nobody in.</exception>
    public Task<DeviceConnection> ConnectAsync(CliContext context, CancellationToken cancellationToken) => DeviceConnection.ConnectAsync(
        Options with { Time = context.Time, LoggerFactory = new LineLoggerFactory(context.ErrorLines(IsPlain), Log, context.Time) }, cancellationToken);
}
