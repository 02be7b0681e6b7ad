using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Runner.Registry;

/// <content>Whom to ask, and when: so many at a time.</content>
internal sealed partial class RollCall
{
    private const int MostKnocks = 4;

    // For so long nothing may happen before those are asked that nobody has heard of.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(400);

    private void AskNext()
    {
        while (_asked.Count < _options.Concurrency && _waiting.TryDequeue(out var candidate))
        {
            if (candidate.Stage == CandidateStage.Online)
            {
                candidate.Stage = CandidateStage.Asked;
                candidate.Request = new CommandId(++_lastRequest);
                _asked.Add(candidate.Request, candidate);
                Ask(candidate, candidate.Request);
            }
        }
    }

    // What is retained makes it fast, but nothing may depend on it: a broker may keep it on another node, or not at all. DESIGN section 5.
    private void Knock()
    {
        lock (_gate)
        {
            foreach (var candidate in _candidates.Values.Where(candidate => candidate.Knocks < MostKnocks && (candidate.Stage != CandidateStage.Registered || IsStateless(candidate))))
            {
                candidate.Knocks++;
                if (candidate.Stage is CandidateStage.Unseen or CandidateStage.Offline or CandidateStage.Registered)
                {
                    if (candidate.KnockId == default)
                    {
                        candidate.KnockId = new CommandId(++_lastRequest);
                        _knockedAt.Add(candidate.KnockId, candidate);
                    }

                    Ask(candidate, candidate.KnockId);
                }
                else if (candidate.Stage == CandidateStage.Asked)
                {
                    Ask(candidate, candidate.Request);
                }
            }
        }
    }

    private bool IsStateless(Candidate candidate) => _withState && !candidate.HasState;

    /// <summary>Whose answer that is; null: nobody's that was asked.</summary>
    private Candidate? Answering(CommandId id) => _asked.Remove(id, out var candidate) ? candidate : _knockedAt.GetValueOrDefault(id);

    private void Ask(Candidate candidate, CommandId id)
    {
        var device = candidate.Device;
        var link = _plane.IndexFor(device.Id);
        device.ReplyTopic ??= _plane.ReplyTopic(link, device.Id);
        var replyTo = new ReplyAddress(device.ReplyTopic, CorrelationData.From(id));
        var request = new RegisterRequest { Run = _run, Epoch = _epoch, Watch = _watches ? true : null, State = IsStateless(candidate) && candidate.Knocks > 0 ? true : null };
        _plane.Link(link).Post(ControlEncoder.Encode(_plane.Topics, device.Id, request, replyTo, _options.Patience));
    }

    // What was asked over a connection that broke, or whose answer was on its way, is asked again: announcing twice does no harm.
    private void AskAgain(int link)
    {
        lock (_gate)
        {
            foreach (var candidate in _asked.Values.Where(candidate => _plane.IndexFor(candidate.Device.Id) == link))
            {
                Ask(candidate, candidate.Request);
            }
        }
    }
}
