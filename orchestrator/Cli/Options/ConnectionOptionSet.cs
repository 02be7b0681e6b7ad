using System.CommandLine;
using IotMqtt.Orchestrator.Cli.Logging;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Running;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Orchestrator.Cli.Options;

/// <summary>The options of the commands that talk to devices that are there: without a broker, the one of <c>iotmqtt up</c>.</summary>
internal sealed class ConnectionOptionSet
{
    private const string Default = "mqtt://127.0.0.1:1883";
    private readonly BrokerOptionSet _broker = new(Default);
    private readonly Option<bool> _plain = CommonOptions.Plain();
    private readonly Option<string?> _logLevel = CommonOptions.LogLevel();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        _broker.AddTo(command);
        command.Options.Add(_plain);
        command.Options.Add(_logLevel);
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
        var connection = new Connection(options, source.IsOn(_plain), OptionText.LogLevel(source, _logLevel));
        return source.Errors.Count == 0 ? connection : throw new CliException(ExitCodes.InvalidInput, [.. source.Errors]);
    }
}

/// <summary>A connection that is to be made.</summary>
/// <param name="Options">Where to.</param>
/// <param name="IsPlain">Whether colours are not wanted.</param>
/// <param name="LogLevel">What is logged.</param>
internal sealed record Connection(ProgramRunnerOptions Options, bool IsPlain, LogLevel LogLevel)
{
    /// <summary>Makes it.</summary>
    /// <exception cref="OrchestratorException">The broker cannot be reached, or lets nobody in.</exception>
    public Task<DeviceConnection> ConnectAsync(CliContext context, CancellationToken cancellationToken) => DeviceConnection.ConnectAsync(
        Options with { Time = context.Time, LoggerFactory = new LineLoggerFactory(context.ErrorLines(IsPlain), LogLevel, context.Time) }, cancellationToken);
}
