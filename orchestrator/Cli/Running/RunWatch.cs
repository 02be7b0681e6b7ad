using System.Threading.Channels;
using IotMqtt.Orchestrator.Cli.Diagnosing;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>Runs a program, and again whenever one of the files that it is made of changes, until interrupted.</summary>
internal sealed class RunWatch(RunRequest request, CliContext context)
{
    // Editors write a file in several steps.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs until interrupted; the exit code is that of the last run.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var changes = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupts = context.Interrupts.Register(_ => stop.Cancel());
        using var watch = new FileWatch(file => changes.Writer.TryWrite(file));
        var output = context.Lines(request.IsPlain);
        var code = ExitCodes.Succeeded;
        try
        {
            while (true)
            {
                watch.Watch(Files());
                code = await RunOnceAsync(cancellationToken);
                if (stop.IsCancellationRequested)
                {
                    return code;
                }

                output.Write(new(new Piece("watching for changes; Ctrl-C ends it", Tone.Soft)));
                var changed = await changes.Reader.ReadAsync(stop.Token);
                await Task.Delay(Quiet, context.Time, stop.Token);
                while (changes.Reader.TryRead(out _))
                {
                    // One run for all that changed in the meantime.
                }

                output.Write(new(new Piece($"{changed} changed", Tone.Active)));
                output.Write(TextLine.Empty);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return code;
        }
    }

    private async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await new RunSession(request, context).RunAsync(cancellationToken);
        }
        catch (CliException exception)
        {
            return FailurePrinter.Print(exception, context, request.IsPlain);
        }
        catch (OrchestratorException exception)
        {
            return FailurePrinter.Print(exception, context, request.IsPlain);
        }
    }

    /// <summary>The program, what it runs, its fleet, the models and tables of that: found before each run, because a change may name others.</summary>
    private IReadOnlyCollection<string> Files() => RunInputs.Files(request, context.Environment);
}
