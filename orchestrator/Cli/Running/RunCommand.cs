using System.CommandLine;
using IotMqtt.Orchestrator.Cli.Running.Series;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary><c>iotmqtt run PROGRAM</c>.</summary>
internal static class RunCommand
{
    public static Command Create(CliCommands commands)
    {
        var options = new RunOptionSet();
        var command = new Command("run", "Run a program against a fleet: emulated here, on your broker, or devices that are there");
        options.AddTo(command);
        commands.SetAction(command, async (parsed, source, context, cancellationToken) =>
        {
            var programs = options.Programs(parsed);
            var request = options.Read(programs, source);
            return programs.Count > 1 ? await new RunSeries(request, programs, context).RunAsync(cancellationToken)
                : request.Watches
                ? await new RunWatch(request, context).RunAsync(cancellationToken)
                : await new RunSession(request, context).RunAsync(cancellationToken);
        });
        return command;
    }
}
