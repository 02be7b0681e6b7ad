using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Runner.Registry;

/// <content>Whom to ask, and when: so many at a time.</content>
internal sealed partial class RollCall
{
    private void AskNext()
    {
        while (_asked.Count < _options.Concurrency && _waiting.TryDequeue(out var candidate))
        {
            if (candidate.Stage == CandidateStage.Online)
            {
                candidate.Stage = CandidateStage.Asked;
                candidate.Request = new CommandId(++_lastRequest);
                _asked.Add(candidate.Request, candidate);
                Ask(candidate);
            }
        }
    }

    private void Ask(Candidate candidate)
    {
        var device = candidate.Device;
        var link = _plane.IndexFor(device.Id);
        device.ReplyTopic ??= _plane.ReplyTopic(link, device.Id);
        var replyTo = new ReplyAddress(device.ReplyTopic, CorrelationData.From(candidate.Request));
        var request = new RegisterRequest { Run = _run, Epoch = _epoch, Watch = _watches ? true : null };
        _plane.Link(link).Post(ControlEncoder.Encode(_plane.Topics, device.Id, request, replyTo, _options.Patience));
    }

    // What was asked over a connection that broke, or whose answer was on its way, is asked again: announcing twice does no harm.
    private void AskAgain(int link)
    {
        lock (_gate)
        {
            foreach (var candidate in _asked.Values.Where(candidate => _plane.IndexFor(candidate.Device.Id) == link))
            {
                Ask(candidate);
            }
        }
    }
}
