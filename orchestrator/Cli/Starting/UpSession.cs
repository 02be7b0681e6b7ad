using System.Globalization;
using IotMqtt.Orchestrator.Cli.Logging;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Embedded;
using IotMqtt.Runner.Reports;

namespace IotMqtt.Orchestrator.Cli.Starting;

/// <summary>Broker and fleet, from the start to the interruption that stops them.</summary>
internal sealed class UpSession(UpRequest request, CliContext context)
{
    private readonly ITextOutput _output = context.Lines(request.IsPlain);

    /// <summary>Runs until interrupted.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupts = context.Interrupts.Register(_ => stop.Cancel());
        using var loggers = new LineLoggerFactory(context.ErrorLines(request.IsPlain), request.Log, context.Time);
        var began = context.Time.GetTimestamp();
        await using var site = await StandingSite.StartAsync(
            request.Options with { Fleet = request.Fleet, LoggerFactory = loggers }, request.Port, request.WebSocketPort, stop.Token);
        Say(site, context.Time.GetElapsedTime(began));
        await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _output.Write(new(new Piece("stopping", Tone.Soft)));
        return ExitCodes.Succeeded;
    }

    private void Say(StandingSite site, TimeSpan took)
    {
        var sockets = site.WebSocket is null ? "" : $"   {site.WebSocket}";
        _output.Write(new(new Piece("broker  ", Tone.Soft), new($"{site.Broker}{sockets}", Tone.Strong)));
        var option = $" --broker {site.Broker}";
        if (request.Fleet is { } fleet)
        {
            _output.Write(new(
                new Piece("fleet   ", Tone.Soft),
                new(fleet.Name, Tone.Strong),
                new(string.Create(CultureInfo.InvariantCulture, $"   {fleet.Devices.Length:N0} devices online in {Durations.Short(took.TotalMilliseconds)}   ({request.FleetFile})"), Tone.Soft)));
        }

        _output.Write(TextLine.Empty);
        _output.Write(new(new Piece("next, in another terminal:", Tone.Soft)));
        _output.Write(new((Piece)$"  iotmqtt devices{option}"));
        if (request.Fleet?.Devices is [var first, ..] && first.Model.Commands is [var command, ..])
        {
            _output.Write(new((Piece)$"  iotmqtt send {first.Id} {command.Name}{option}"));
        }
        else
        {
            _output.Write(new((Piece)$"  iotmqtt up --fleet FILE{option}"));
        }

        _output.Write(new((Piece)$"  mosquitto_sub -v -h {site.Broker.Host} -p {site.Broker.Port.ToString(CultureInfo.InvariantCulture)} -t '{request.Options.Root}/#'"));
        _output.Write(TextLine.Empty);
        _output.Write(new(new Piece("Ctrl-C stops it", Tone.Soft)));
    }
}
