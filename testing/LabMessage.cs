using System.Globalization;
using System.Text;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Testing;

/// <summary>A message that crossed the lab.</summary>
public sealed record LabMessage
{
    private const int MaxShown = 200;

    /// <summary>When it came, since the lab started.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>Its topic.</summary>
    public required string Topic { get; init; }

    /// <summary>Its payload.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>How it was delivered to the lab.</summary>
    public required QualityOfService QualityOfService { get; init; }

    /// <summary>Whether the broker had kept it from before the lab: no expectation is met by it.</summary>
    public required bool Retained { get; init; }

    /// <summary>Where an answer shall go; null: nobody asks for one.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>What an answer shall carry back.</summary>
    public ReadOnlyMemory<byte> CorrelationData { get; init; }

    /// <summary>Its content type.</summary>
    public string? ContentType { get; init; }

    /// <summary>Its user properties, in their order.</summary>
    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];

    /// <summary>What the payload stands for: nothing is the text <c>""</c>, JSON its value, other UTF-8 the text that it is, anything else <c>{"hex":…}</c>.</summary>
    public Value Value => PayloadText.Decode(Payload.Span);

    /// <summary>The payload as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload.Span);

    internal static LabMessage From(in OwnMessage message, TimeSpan at) => new()
    {
        At = at,
        Topic = message.Topic,
        Payload = message.Payload,
        QualityOfService = (QualityOfService)message.QualityOfService,
        Retained = message.Retain,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData,
        ContentType = message.ContentType,
        UserProperties = [.. message.UserProperties.Select(property => new UserProperty(property.Key, Encoding.UTF8.GetBytes(property.Value)))],
    };

    /// <summary>One line: <c>0.512  acme/SN1/uplink  {"ok":true}</c>.</summary>
    public override string ToString()
    {
        var value = Value;
        var shown = value.Kind == ValueKind.Text ? value.AsText : value.ToJson();
        var text = shown.Length > MaxShown ? $"{shown.AsSpan(0, MaxShown)}…" : shown;
        return string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds,7:0.000}  {Topic}  {(Retained ? "(retained) " : "")}{text}");
    }
}
