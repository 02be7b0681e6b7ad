using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Tests.Behaviour;

/// <summary>Keeps what a device does, in order.</summary>
internal sealed class RecordingHost : IDeviceHost
{
    public List<CommandReply> Replies { get; } = [];

    public List<string> Log { get; } = [];

    public int StateChanges { get; private set; }

    public void Reply(in CommandReply reply)
    {
        Replies.Add(reply);
        Log.Add($"reply {reply.Status}");
    }

    public void StateChanged()
    {
        StateChanges++;
        Log.Add("state");
    }

    public void Telemetry(string name, Value value) => Log.Add($"telemetry {name} {value}");

    public void Event(string name, Value value) => Log.Add($"event {name} {value}");

    public List<OwnMessage> Published { get; } = [];

    public void Publish(in OwnMessage message)
    {
        Published.Add(message);
        Log.Add($"publish {message.Topic} {System.Text.Encoding.UTF8.GetString(message.Payload.Span)}");
    }

    public void Received(in OwnMessage message) => Log.Add($"received {message.Entry} {message.Value}");

    public void Disconnect(TimeSpan? duration) => Log.Add($"disconnect {duration}");

    public void Reconnect() => Log.Add("reconnect");

    public void PresenceChanged() => Log.Add("presence");

    public bool IsHeard(string topic) => !Unheard.Contains(topic);

    public HashSet<string> Unheard { get; } = [];

    public void EvaluationFailed(string where, string error)
    {
        Log.Add($"wrong {where}");
        Errors.Add(error);
    }

    public List<string> Errors { get; } = [];
}
