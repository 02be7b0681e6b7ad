using System.Text;
using IotMqtt.Models.Reading;
using IotMqtt.Orchestrator.Cli.Options;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli.Sending;

/// <summary>Sends one command and prints what its device says of it, a line each: <c>  0.501  succeeded  playing=true</c>.</summary>
internal sealed class SendSession(Connection connection, CliContext context)
{
    private readonly ITextOutput _output = context.Lines(connection.IsPlain);
    private readonly Lock _lock = new();

    /// <summary>Sends it.</summary>
    /// <returns>0 where it succeeded, 1 where it did not, 4 where the device is not there, 5 where nobody answered.</returns>
    public async Task<int> RunAsync(string device, string command, IReadOnlyDictionary<string, string> arguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (!DeviceId.TryParse(device, out var id))
        {
            throw new CliException(ExitCodes.InvalidInput, $"'{device}' is no device id");
        }

        if (!CommandName.TryParse(command, out var name))
        {
            throw new CliException(ExitCodes.InvalidInput, $"'{command}' is no command name");
        }

        await using var devices = await connection.ConnectAsync(context, cancellationToken);

        // What can only be text needs nobody who says so.
        var model = arguments.Values.Any(ArgumentText.IsAmbiguous) ? await devices.ModelOfAsync(id, cancellationToken) : null;
        var values = SendArguments.Typed(arguments, model?.FindCommand(command));
        var began = context.Time.GetTimestamp();
        var reply = await devices.SendAsync(id, name, values, limit, new Phases(phase => Print(began, phase)), cancellationToken);
        if (reply.IsAnswered)
        {
            Print(began, reply.Acknowledgement);
            return reply.Acknowledgement.Status == AcknowledgementStatus.Succeeded ? ExitCodes.Succeeded : ExitCodes.Failed;
        }

        throw reply.Outcome switch
        {
            ReplyOutcome.TimedOut => new CliException(ExitCodes.Unanswered, $"{device} did not answer within {Durations.Short(limit.TotalMilliseconds)}; whether it did {command} is unknown"),
            ReplyOutcome.Unreachable => new CliException(ExitCodes.DevicesMissing, await NotThereAsync(devices, device, cancellationToken)),
            ReplyOutcome.Refused => new CliException(ExitCodes.BrokerUnreachable, $"{connection.Options.Broker} refused the message"),
            _ => new CliException(ExitCodes.BrokerUnreachable, $"{connection.Options.Broker} is not connected any more"),
        };
    }

    private async Task<string> NotThereAsync(DeviceConnection devices, string device, CancellationToken cancellationToken)
    {
        var known = (await devices.ListAsync(cancellationToken)).Where(each => each.Online != false).Select(each => each.Id).ToList();
        var suggestion = Suggest.For(device, known) ?? "iotmqtt devices lists what is there";
        return $"{device} is not on {connection.Options.Broker}; {suggestion}";
    }

    private void Print(long began, Acknowledgement acknowledgement)
    {
        var at = Durations.Point(context.Time.GetElapsedTime(began).TotalMilliseconds);
        var tone = acknowledgement.Status switch
        {
            AcknowledgementStatus.Succeeded => Tone.Good,
            AcknowledgementStatus.Accepted or AcknowledgementStatus.Running => Tone.Active,
            AcknowledgementStatus.Rejected or AcknowledgementStatus.Expired => Tone.Refused,
            _ => Tone.Bad,
        };
        lock (_lock)
        {
            _output.Write(new(
                new($"{at,7}  ", Tone.Soft),
                new(acknowledgement.Status.ToString().ToLowerInvariant(), tone),
                acknowledgement.Error is { } error ? $": {error.Message}" : "",
                acknowledgement.Progress is { } progress ? $"  {progress:P0}" : "",
                Json("", acknowledgement.State),
                Json("result ", acknowledgement.Result)));
        }
    }

    private static string Json(string name, JsonText json) => json.IsAbsent ? "" : $"  {name}{Encoding.UTF8.GetString(json.Utf8.Span)}";

    /// <summary>Unlike <see cref="Progress{T}"/> it tells at once and in order.</summary>
    private sealed class Phases(Action<Acknowledgement> told) : IProgress<Acknowledgement>
    {
        public void Report(Acknowledgement value) => told(value);
    }
}
