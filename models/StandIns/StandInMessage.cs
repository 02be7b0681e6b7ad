using System.Text;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.StandIns;

/// <summary>A message that has come to a device on a topic of its own, as code in C# sees it.</summary>
public sealed class StandInMessage
{
    private readonly OwnMessage _message;

    internal StandInMessage(in OwnMessage message, Value value) => (_message, Value) = (message, value);

    /// <summary>Its topic.</summary>
    public string Topic => _message.Topic;

    /// <summary>The levels of its topic, from 0.</summary>
    public IReadOnlyList<string> Levels => _message.Topic.Split('/');

    /// <summary>Its payload.</summary>
    public ReadOnlyMemory<byte> Payload => _message.Payload;

    /// <summary>What the payload stands for: nothing is the text <c>""</c>, JSON its value, other UTF-8 the text that it is, anything else <c>{"hex":…}</c>.</summary>
    public Value Value { get; }

    /// <summary>The payload as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(_message.Payload.Span);

    /// <summary>What a JSON object in the payload has by that name; null where it has nothing, or where the payload is no JSON object.</summary>
    public Value this[string name] => Value[name];

    /// <summary>The quality of service with which it came: 0, 1 or 2.</summary>
    public int QualityOfService => _message.QualityOfService;

    /// <summary>Whether the broker had kept it from before.</summary>
    public bool Retained => _message.Retain;

    /// <summary>Where an answer shall go (MQTT 5, section 3.3.2.3.5); null: nobody asks for one.</summary>
    public string? ResponseTopic => _message.ResponseTopic;

    /// <summary>What an answer shall carry back (MQTT 5, section 3.3.2.3.6).</summary>
    public ReadOnlyMemory<byte> CorrelationData => _message.CorrelationData;

    /// <summary>The content type; null: none.</summary>
    public string? ContentType => _message.ContentType;

    /// <summary>The user properties, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UserProperties => _message.UserProperties;
}
