using System.CommandLine;
using IotMqtt.Orchestrator.Cli.Options;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Registry;

namespace IotMqtt.Orchestrator.Cli.Devices;

/// <summary><c>iotmqtt devices</c>: which devices are on a broker.</summary>
internal static class DevicesCommand
{
    public static Command Create(CliCommands commands)
    {
        var broker = new ConnectionOptionSet();
        var output = new Option<string?>("--output") { HelpName = "text|json", Description = "What standard output gets [text]" };
        var command = new Command("devices", "List the devices that are on a broker");
        broker.AddTo(command);
        command.Options.Add(output);
        commands.SetAction(command, async (parsed, source, context, cancellationToken) =>
        {
            var isJson = source.Read(output, "text or json", text => text switch { "text" => false, "json" => true, _ => (bool?)null }) ?? false;
            var connection = broker.Read(source);
            await using var devices = await connection.ConnectAsync(context, cancellationToken);
            var found = await devices.ListAsync(cancellationToken);
            if (isJson)
            {
                await context.Output.WriteLineAsync(DeviceJson.Text(found));
            }
            else
            {
                Print(found, connection, context.Lines(connection.IsPlain));
            }

            return ExitCodes.Succeeded;
        });
        return command;
    }

    private static void Print(IReadOnlyList<DeviceListing> devices, Connection connection, ITextOutput output)
    {
        if (devices.Count == 0)
        {
            output.Write(new(new Piece($"no device is on {connection.Options.Broker} under {connection.Options.Root}/", Tone.Refused)));
            output.Write(new(new Piece("start some: iotmqtt up --fleet FILE --broker URL", Tone.Soft)));
            return;
        }

        var id = Math.Max(2, devices.Max(device => device.Id.Length));
        var model = Math.Max(5, devices.Max(device => device.Model?.Length ?? 1));
        output.Write(new(new Piece($"  {"id".PadRight(id)}  {"model".PadRight(model)}  state    commands", Tone.Soft)));
        foreach (var device in devices)
        {
            var (state, tone) = device.Online switch
            {
                true => ("online ", Tone.Good),
                false => ("offline", Tone.Bad),
                null => ("?      ", Tone.Lost),
            };
            var labels = string.Join(' ', device.Labels.Select(label => $"{label.Key}={label.Value}"));
            output.Write(new(
                $"  {device.Id.PadRight(id)}  ",
                $"{(device.Model ?? "?").PadRight(model)}  ",
                new($"{state}  ", tone),
                string.Join(", ", device.Commands),
                new(labels.Length == 0 ? "" : $"  ({labels})", Tone.Soft)));
        }

        output.Write(new(new Piece($"{devices.Count(device => device.Online == true)} of {devices.Count} online on {connection.Options.Broker}", Tone.Soft)));
    }
}
