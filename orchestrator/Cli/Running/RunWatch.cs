using System.Threading.Channels;
using IotMqtt.Orchestrator.Cli.Diagnosing;
using IotMqtt.Orchestrator.Running;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>Runs a program, and again whenever one of the YAML files beside it or beside its fleet changes, until interrupted.</summary>
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
        var watchers = Folders().Select(folder => Watch(folder, changes.Writer)).ToList();
        var output = context.Lines(request.IsPlain);
        var code = ExitCodes.Succeeded;
        try
        {
            while (true)
            {
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
        finally
        {
            watchers.ForEach(watcher => watcher.Dispose());
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

    /// <summary>The folders of the program and of its fleet: what they name lies in or below them.</summary>
    private HashSet<string> Folders()
    {
        var folders = new HashSet<string>(StringComparer.Ordinal) { FolderOf(request.Program) };
        if (request.Fleet is { } fleet)
        {
            folders.Add(FolderOf(fleet));
        }
        else if (Engine.Programs.ProgramFile.Read(request.Program, []) is { Fleet: { } named })
        {
            folders.Add(FolderOf(named));
        }

        return [.. folders.Where(Directory.Exists)];
    }

    private static string FolderOf(string file) => Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/";

    private static FileSystemWatcher Watch(string folder, ChannelWriter<string> changes)
    {
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.Filters.Add("*.yaml");
        watcher.Filters.Add("*.yml");
        watcher.Filters.Add("*.csv");
        watcher.Changed += (_, change) => changes.TryWrite(change.Name ?? folder);
        watcher.Created += (_, change) => changes.TryWrite(change.Name ?? folder);
        watcher.Renamed += (_, change) => changes.TryWrite(change.Name ?? folder);
        watcher.Deleted += (_, change) => changes.TryWrite(change.Name ?? folder);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }
}
