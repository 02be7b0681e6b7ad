using IotMqtt.Models.Values;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Runner.Registry;

/// <content>What devices and their workers say of themselves.</content>
internal sealed partial class RollCall
{
    private void TakeWorker(Incarnation worker, IncomingMessage message)
    {
        if (!MessageJson.TryParse(message.Payload.Span, out WorkerStatus? status, out _) || status.State == Presence.Online)
        {
            _workersGone.Remove(worker);
            return;
        }

        _workersGone.Add(worker);
        foreach (var candidate in _candidates.Values.Where(candidate => candidate.Device.Worker == worker))
        {
            TakeStatus(candidate, new DeviceStatus { State = Presence.Offline, Incarnation = worker, Worker = worker });
        }
    }

    private void TakeStatus(Candidate candidate, DeviceStatus status)
    {
        candidate.Device.TakeStatus(status);
        if (status.State == Presence.Offline || (status.Worker is { } worker && _workersGone.Contains(worker)))
        {
            if (candidate.Stage is CandidateStage.Unseen or CandidateStage.Online or CandidateStage.Asked)
            {
                // When it is back it is asked anew, and answers once.
                _asked.Remove(candidate.Request);
                candidate.Stage = CandidateStage.Offline;
            }
        }
        else if (candidate.Stage is CandidateStage.Unseen or CandidateStage.Offline)
        {
            _progress++;
            candidate.Stage = CandidateStage.Online;
            _waiting.Enqueue(candidate);
            AskNext();
        }
    }

    private void TakeState(Candidate candidate, IncomingMessage message)
    {
        if (MessageJson.TryParse(message.Payload.Span, out DeviceState? state, out _)
            && Value.TryParseJson(state.Properties.Utf8.Span, out var properties, out _)
            && properties.Kind == ValueKind.Map)
        {
            candidate.Device.TakeState(properties.AsMap, state.Revision, state.Incarnation);
            _stateless -= candidate.HasState ? 0 : 1;
            candidate.HasState = true;
            _progress++;
            CompleteIfAll();
        }
    }
}
