using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>publish: acme/all/announce</c>.</summary>
internal sealed class PublishKind : StepKind
{
    public PublishKind()
        : base(
            "publish", Shape.Text, "Publishes one message to this topic.",
            new Key("payload", PayloadReader.Schema, "What it carries: a mapping is JSON, text is as it is, { hex: … } and { base64: … } are bytes; nothing unless it says otherwise."),
            new Key("qos", """{ "enum": [0, 1] }""", "The quality of service, 0 or 1; 1 unless it says otherwise."),
            new Key("retain", Shape.Boolean, "Whether the broker keeps it.")) => Acts = true;

    public override Node? Read(YamlNode value, MapReader step, StepReader reader)
    {
        var diagnostics = reader.Diagnostics;
        var topic = NodeReader.Text(value, Name, diagnostics) is { } text && TopicText.CheckName(text, value.At, diagnostics)
            ? ValueTemplate.Parse(value, diagnostics)
            : null;
        var payload = step.Take("payload") is { } node
            ? PayloadReader.Read(node, diagnostics)
            : new(new ValueTemplate.Constant(Value.Of("")), null);
        var qos = (int)(step.Integer("qos", 0, 1) ?? 1);
        var retain = step.Boolean("retain") ?? false;
        return topic is null || payload is null ? null : new PublishNode(topic, payload) { Qos = qos, Retain = retain };
    }
}
