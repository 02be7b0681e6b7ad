using IotMqtt.Models.Faults;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Fleets;

/// <summary>Reads what goes wrong: the same keys in a fleet's <c>faults:</c> and in a program's <c>fault:</c>.</summary>
internal static class FaultReader
{
    private static readonly string[] Keys = ["latency", "drop", "duplicate", "reject", "hang", "disconnect"];

    /// <summary>Reads the keys <c>latency</c>, <c>drop</c>, <c>duplicate</c>, <c>reject</c>, <c>hang</c> and <c>disconnect</c>.</summary>
    /// <param name="map">The mapping; the caller takes its other keys and says when it is done.</param>
    /// <param name="name">Which fault it is, for the reason of a command that it rejects: <c>faults[0] of home.yaml</c>.</param>
    /// <returns>The fault; with an error where none of the keys is there.</returns>
    public static FaultDefinition Read(MapReader map, string name)
    {
        var latency = map.DurationSpec("latency");
        var drop = map.Take("drop");
        var duplicate = map.Take("duplicate");
        var reject = map.Take("reject");
        var hang = map.Take("hang");
        var disconnect = map.Take("disconnect");
        if (!Keys.Any(map.Map.Mentions))
        {
            map.Diagnostics.Error(map.At, "this fault does nothing", "write latency, drop, duplicate, reject, hang or disconnect");
        }

        return new()
        {
            Latency = latency,
            Drop = drop is null ? null : Drop(drop, map.Diagnostics),
            Duplicate = duplicate is null ? 0 : Probability(duplicate, "duplicate", map.Diagnostics),
            Reject = reject is null ? null : Reject(reject, name, map.Diagnostics),
            Hang = hang is null ? 0 : Probability(hang, "hang", map.Diagnostics),
            Disconnect = disconnect is null ? null : Disconnect(disconnect, map.Diagnostics),
        };
    }

    private static double Probability(YamlNode node, string what, DiagnosticBag diagnostics) => (NodeReader.Percent(node, what, diagnostics) ?? 0) / 100;

    private static DropFault? Drop(YamlNode node, DiagnosticBag diagnostics)
    {
        if (MapReader.Open(node, "drop", diagnostics) is not { } map)
        {
            return null;
        }

        var what = map.Require("what") is { } direction
            ? NodeReader.OneOf(direction, "what", diagnostics, ("sent", MessageDirection.Sent), ("received", MessageDirection.Received))
            : null;
        var probability = map.Take("probability") is { } percent ? Probability(percent, "probability", diagnostics) : 1;
        map.Done();
        return what is null ? null : new(what.Value, probability);
    }

    private static RejectFault? Reject(YamlNode node, string name, DiagnosticBag diagnostics)
    {
        var byName = $"{name} rejects it";
        if (node is not YamlMap)
        {
            return new(Probability(node, "reject", diagnostics), byName);
        }

        var map = MapReader.Open(node, "reject", diagnostics)!;
        var probability = map.Take("probability") is { } percent ? Probability(percent, "probability", diagnostics) : 1;
        var message = map.Text("message");
        map.Done();
        return new(probability, message ?? byName);
    }

    private static DisconnectFault? Disconnect(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar { IsQuoted: false, Text: "true" })
        {
            return new(For: null);
        }

        if (node is YamlScalar { IsQuoted: false, Text: "false" })
        {
            diagnostics.Error(node.At, "disconnect: false does nothing", "remove it");
            return null;
        }

        if (node is YamlScalar { IsQuoted: false, Text: "yes" or "on" })
        {
            diagnostics.Error(node.At, $"disconnect must be true or a duration such as 5s, but is {node.Describe()}", "write true");
            return null;
        }

        return NodeReader.DurationSpec(node, "disconnect", diagnostics) is { } duration ? new(duration) : null;
    }
}
