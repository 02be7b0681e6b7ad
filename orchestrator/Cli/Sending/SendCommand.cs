using System.CommandLine;
using IotMqtt.Orchestrator.Cli.Options;

namespace IotMqtt.Orchestrator.Cli.Sending;

/// <summary><c>iotmqtt send DEVICE COMMAND [key=value…]</c>: one command, its acknowledgements printed as they come.</summary>
internal static class SendCommand
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    public static Command Create(CliCommands commands)
    {
        var device = new Argument<string>("DEVICE") { Description = "The device" };
        var name = new Argument<string>("COMMAND") { Description = "The command" };
        var arguments = new Argument<string[]>("NAME=VALUE") { Arity = ArgumentArity.ZeroOrMore, Description = "Its arguments, of the types that the device's model says" };
        var timeout = new Option<string?>("--timeout") { HelpName = "TIME", Description = "How long to wait for the device [30s]" };
        var broker = new ConnectionOptionSet();
        var command = new Command("send", "Send one command to a device and print its acknowledgements as they come");
        command.Arguments.Add(device);
        command.Arguments.Add(name);
        command.Arguments.Add(arguments);
        command.Options.Add(timeout);
        broker.AddTo(command);
        commands.SetAction(command, (parsed, source, context, cancellationToken) =>
        {
            var limit = source.Read(timeout, OptionText.ExpectedDuration, OptionText.Duration) ?? DefaultTimeout;
            var values = SendArguments.Read(source, parsed.GetValue(arguments) ?? []);
            var connection = broker.Read(source);
            return new SendSession(connection, context).RunAsync(parsed.GetRequiredValue(device), parsed.GetRequiredValue(name), values, limit, cancellationToken);
        });
        return command;
    }
}
