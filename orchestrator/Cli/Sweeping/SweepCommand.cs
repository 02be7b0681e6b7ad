using System.CommandLine;
using IotMqtt.Orchestrator.Cli.Options;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli.Sweeping;

/// <summary><c>iotmqtt sweep</c>: clears what processes that died have left on a broker.</summary>
internal static class SweepCommand
{
    public static Command Create(CliCommands commands)
    {
        var broker = new ConnectionOptionSet();
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be cleared, and clear nothing" };
        var command = new Command("sweep", "Clear what is retained of devices and workers that are not there any more");
        broker.AddTo(command);
        command.Options.Add(dryRun);
        commands.SetAction(command, async (parsed, source, context, cancellationToken) =>
        {
            var connection = broker.Read(source);
            var clears = !source.IsOn(dryRun);
            await using var devices = await connection.ConnectAsync(context, cancellationToken);
            var cleared = await devices.SweepAsync(clears, cancellationToken);
            var output = context.Lines(connection.IsPlain);
            foreach (var topic in cleared)
            {
                output.Write(new(new Piece($"  {Printable.Of(topic)}", Tone.Soft)));
            }

            var where = $"{connection.Options.Broker} under {connection.Options.Root}/";
            output.Write(new(cleared.Count == 0 ? $"nothing is left on {where}" : $"{cleared.Count} topics {(clears ? "cleared" : "would be cleared")} on {where}"));
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
