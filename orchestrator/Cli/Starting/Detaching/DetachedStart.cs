using System.Diagnostics;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli.Starting.Detaching;

/// <summary>Starts an <c>up</c> as a process of its own, and returns when it is ready: for CI jobs and scripts.</summary>
internal sealed class DetachedStart(string name, IReadOnlyList<string> arguments, CliContext context)
{
    private const string SetSid = "/usr/bin/setsid";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts it.</summary>
    /// <returns>0 when it is ready; else what it ended with.</returns>
    /// <exception cref="CliException">One of that name is up already.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (await StandingPipe.AskAsync(name, cancellationToken) is { } there)
        {
            throw new CliException(ExitCodes.InvalidInput, $"{name} is up already, with its broker at {there.Broker}; stop it with {Down()}, or give another --name");
        }

        var log = Path.Combine(Path.GetTempPath(), $"iotmqtt-up-{Environment.UserName}-{name}.log");
        using var process = Process.Start(Command(log)) ?? throw new CliException(ExitCodes.InvalidInput, "the process cannot be started");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        using var timer = new PeriodicTimer(Step, context.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (process.HasExited)
            {
                await context.Error.WriteAsync(await errors);
                return process.ExitCode == ExitCodes.Succeeded ? ExitCodes.InvalidInput : process.ExitCode;
            }

            if (await StandingPipe.AskAsync(name, cancellationToken) is { } standing)
            {
                Say(standing);
                return ExitCodes.Succeeded;
            }
        }

        return ExitCodes.Interrupted;
    }

    private ProcessStartInfo Command(string log)
    {
        // From a single file the process is the program; else it is the host, which is told what to run.
        var self = Environment.ProcessPath ?? "dotnet";
        List<string> words = [self];
        if (Path.GetFileNameWithoutExtension(self) == "dotnet")
        {
            words.Add(Path.Combine(AppContext.BaseDirectory, $"{typeof(DetachedStart).Assembly.GetName().Name}.dll"));
        }

        words.AddRange([.. arguments, "--detached", log]);
        if (File.Exists(SetSid))
        {
            // Out of the session of the terminal, whose end is not its end.
            words.Insert(0, SetSid);
        }

        return new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
    }

    private void Say(Standing standing)
    {
        var output = context.Lines(plain: false);
        output.Write(new(new Piece("broker  ", Tone.Soft), new(standing.Broker + (standing.WebSocket is null ? "" : $"   {standing.WebSocket}"), Tone.Strong)));
        if (standing.Fleet is { } fleet)
        {
            output.Write(new(new Piece("fleet   ", Tone.Soft), new(fleet, Tone.Strong), new($"   {standing.Devices} devices online", Tone.Soft)));
        }

        output.Write(new(new Piece($"log     {standing.Log}", Tone.Soft)));
        output.Write(new(new Piece($"{Down()} stops it", Tone.Soft)));
    }

    private string Down() => name == DetachedName.Default ? "iotmqtt down" : $"iotmqtt down --name {name}";
}
