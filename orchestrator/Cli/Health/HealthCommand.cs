using System.CommandLine;
using IotMqtt.Orchestrator.Cli.Options;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli.Health;

/// <summary><c>iotmqtt health</c>: whether programs could run here, for the health check of a container: the broker, where one is named, lets us in.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    public static Command Create(CliCommands commands)
    {
        var broker = new BrokerOptionSet("none");
        var command = new Command("health", "Exit with 0 if the broker that is named can be reached, else with 3");
        broker.AddTo(command);
        commands.SetAction(command, async (_, source, context, cancellationToken) =>
        {
            var options = new ProgramRunnerOptions { Broker = broker.Broker(source), Tls = broker.Tls(source), Root = broker.Root(source), Time = context.Time };
            if (source.Errors.Count > 0)
            {
                throw new CliException(ExitCodes.InvalidInput, [.. source.Errors]);
            }

            if (options.Broker is null)
            {
                await context.Output.WriteLineAsync("healthy: no broker is named, programs run on one of their own");
                return ExitCodes.Succeeded;
            }

            using var limit = new CancellationTokenSource(Limit, context.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                await using var connection = await DeviceConnection.ConnectAsync(options, either.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                throw new CliException(ExitCodes.BrokerUnreachable, $"{options.Broker} did not answer within {Limit.TotalSeconds} s");
            }

            await context.Output.WriteLineAsync($"healthy: {options.Broker} answers");
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
