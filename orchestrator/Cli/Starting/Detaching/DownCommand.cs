using System.CommandLine;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli.Starting.Detaching;

/// <summary><c>iotmqtt down</c>: stops what <c>up --detach</c> started, and returns when it has stopped.</summary>
internal static class DownCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Command Create(CliCommands commands)
    {
        var name = DetachedName.Create();
        var command = new Command("down", "Stop what up --detach started") { name };
        commands.SetAction(command, async (_, source, context, cancellationToken) =>
        {
            var called = DetachedName.Read(source, name);
            if (source.Errors.Count > 0)
            {
                throw new CliException(ExitCodes.InvalidInput, [.. source.Errors]);
            }

            using var limit = new CancellationTokenSource(Limit, context.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                var was = await StandingPipe.StopAsync(called, either.Token);
                context.Lines(plain: false).Write(new(new Piece(was ? $"{called} has stopped" : $"{called} is not up", Tone.Soft)));
                return ExitCodes.Succeeded;
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                throw new CliException(ExitCodes.Failed, $"{called} has not stopped within {Limit.TotalSeconds} s");
            }
        });
        return command;
    }
}
