using System.Globalization;
using IotMqtt.Orchestrator.Cli.Logging;
using IotMqtt.Orchestrator.Cli.Starting.Detaching;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Embedded;
using IotMqtt.Runner.Reports;

namespace IotMqtt.Orchestrator.Cli.Starting;

/// <summary>Broker and fleet, from the start to the interruption that stops them.</summary>
internal sealed class UpSession(UpRequest request, CliContext surroundings) : IDisposable
{
    private readonly StreamWriter? _file = request.LogFile is { } file ? new StreamWriter(file) { AutoFlush = true } : null;

    private CliContext Context => _file is null ? surroundings : surroundings with { Output = _file, Error = _file, OutputTerminal = null, ErrorTerminal = null };

    private ITextOutput Output => field ??= Context.Lines(request.IsPlain);

    /// <summary>Runs until interrupted.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupts = Context.Interrupts.Register(_ => stop.Cancel());
        using var loggers = new LineLoggerFactory(Context.ErrorLines(request.IsPlain), request.Log, Context.Time);
        var began = Context.Time.GetTimestamp();
        await using var site = await StandingSite.StartAsync(
            request.Options with { Fleet = request.Fleet, LoggerFactory = loggers }, request.Port, request.WebSocketPort, stop.Token);
        Say(site, Context.Time.GetElapsedTime(began));
        await using var pipe = request.LogFile is { } log ? new StandingPipe(request.Name, Standing(site, log), stop.Cancel) : null;
        await Task.Delay(Timeout.InfiniteTimeSpan, Context.Time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Output.Write(new(new Piece("stopping", Tone.Soft)));
        return ExitCodes.Succeeded;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private Standing Standing(StandingSite site, string log) => new(
        Environment.ProcessId, site.Broker.ToString(), site.WebSocket?.ToString(), request.Fleet?.Name, request.Fleet?.Devices.Length ?? 0, Path.GetFullPath(log));

    private void Say(StandingSite site, TimeSpan took)
    {
        var sockets = site.WebSocket is null ? "" : $"   {site.WebSocket}";
        Output.Write(new(new Piece("broker  ", Tone.Soft), new($"{site.Broker}{sockets}", Tone.Strong)));
        var option = $" --broker {site.Broker}";
        if (request.Fleet is { } fleet)
        {
            Output.Write(new(
                new Piece("fleet   ", Tone.Soft),
                new(fleet.Name, Tone.Strong),
                new(string.Create(CultureInfo.InvariantCulture, $"   {fleet.Devices.Length:N0} devices online in {Durations.Short(took.TotalMilliseconds)}   ({request.FleetFile})"), Tone.Soft)));
        }

        Output.Write(TextLine.Empty);
        Output.Write(new(new Piece("next, in another terminal:", Tone.Soft)));
        Output.Write(new((Piece)$"  iotmqtt devices{option}"));
        if (request.Fleet?.Devices is [var first, ..] && first.Model.Commands is [var command, ..])
        {
            Output.Write(new((Piece)$"  iotmqtt send {first.Id} {command.Name}{option}"));
        }
        else
        {
            Output.Write(new((Piece)$"  iotmqtt up --fleet FILE{option}"));
        }

        Output.Write(new((Piece)$"  mosquitto_sub -v -h {site.Broker.Host} -p {site.Broker.Port.ToString(CultureInfo.InvariantCulture)} -t '{request.Options.Root}/#'"));
        Output.Write(TextLine.Empty);
        Output.Write(new(new Piece("Ctrl-C stops it", Tone.Soft)));
    }
}
