using System.CommandLine;
using System.Globalization;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Orchestrator.Cli.Options;
using IotMqtt.Orchestrator.Cli.Running;
using IotMqtt.Orchestrator.Cli.Starting.Detaching;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli.Starting;

/// <summary><c>iotmqtt up</c>: a broker and a fleet, until stopped.</summary>
internal static class UpCommand
{
    public static Command Create(CliCommands commands)
    {
        var fleet = CommonOptions.Fleet("none");
        var broker = new BrokerOptionSet();
        var port = new Option<string?>("--port") { HelpName = "PORT", Description = "The port of the broker in this process; 0 takes a free one [1883]" };
        var webSocketPort = new Option<string?>("--websocket-port") { HelpName = "PORT", Description = "Its port for ws://…/mqtt; 0 takes a free one [none]" };
        var seed = CommonOptions.Seed();
        var plain = CommonOptions.Plain();
        var log = new LogOptionSet();
        var detach = new Option<bool>("--detach", "-d") { Description = "Return when all is ready, and leave it running until down" };
        var name = DetachedName.Create();
        var detached = new Option<string?>("--detached") { Hidden = true, Description = "Where a detached one logs" };
        var command = new Command("up", "Run a broker and a fleet until stopped, and say where they are");
        command.Options.Add(fleet);
        broker.AddTo(command);
        foreach (var option in (Option[])[port, webSocketPort, seed, plain, detach, name, detached])
        {
            command.Options.Add(option);
        }

        log.AddTo(command);

        commands.SetAction(command, async (parsed, source, context, cancellationToken) =>
        {
            var number = source.Read(seed, "a whole number", OptionText.Seed) ?? RunInputs.DefaultSeed;
            var file = source.Text(fleet);

            // Who asks for a port here wants a broker here, whatever stands in the environment for other commands.
            var isHere = source.IsTyped(port) || source.IsTyped(webSocketPort);
            var elsewhere = isHere && !broker.IsTyped(source) ? null : broker.Broker(source);
            if (isHere && elsewhere is not null)
            {
                source.Wrong("--broker names a broker that is there already, and --port is for one in this process: leave one of them out");
            }

            var request = new UpRequest
            {
                FleetFile = file,
                Fleet = file is null ? null : Read(file, number, context),
                Options = new ProgramRunnerOptions { Broker = elsewhere, Tls = broker.Tls(source), Root = broker.Root(source), Seed = number, Time = context.Time },
                Port = source.Read(port, "a port, 0 to 65535", Port) ?? 1883,
                WebSocketPort = source.Read(webSocketPort, "a port, 0 to 65535", Port),
                IsPlain = source.IsOn(plain),
                Log = log.Read(source),
                Name = DetachedName.Read(source, name),
                LogFile = source.Text(detached),
            };
            if (request is { Fleet: null, Options.Broker: not null })
            {
                source.Wrong("with --broker there is nothing to start but a fleet: name one with --fleet");
            }

            if (source.Errors.Count > 0)
            {
                throw new CliException(ExitCodes.InvalidInput, [.. source.Errors]);
            }

            if (source.IsOn(detach))
            {
                return await new DetachedStart(request.Name, [.. parsed.Tokens.Select(token => token.Value).Where(word => word is not ("--detach" or "-d"))], context).RunAsync(cancellationToken);
            }

            using var session = new UpSession(request, context);
            return await session.RunAsync(cancellationToken);
        });
        return command;
    }

    private static FleetDefinition Read(string file, ulong seed, CliContext context)
    {
        var diagnostics = new DiagnosticBag();
        return FleetFile.Read(file, new FleetOptions { Seed = seed, Environment = context.Environment }, diagnostics) ?? throw new CliException(diagnostics);
    }

    private static int? Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535 ? port : null;
}
