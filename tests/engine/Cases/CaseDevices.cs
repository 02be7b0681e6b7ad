using IotMqtt.Engine.Tests.Running.Scripted;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Cases;

/// <summary>What the devices of a case do: <c>a: { go: 2s, stop: [ { fail: "it broke" }, 1s ], is: { model: m } }</c>.</summary>
internal static class CaseDevices
{
    public static void Read(ScriptedDevice device, MapReader map)
    {
        foreach (var entry in map.Map.Entries)
        {
            if (entry.Key.Text == "is")
            {
                ReadIdentity(device, map.MapOf("is")!);
            }
            else
            {
                var scripts = entry.Value is YamlList list ? list.Items : [entry.Value];
                device.Scripts[entry.Key.Text] = [.. scripts.Select(script => Script(script, map.Diagnostics))];
            }
        }
    }

    private static void ReadIdentity(ScriptedDevice device, MapReader map)
    {
        device.Model = map.Text("model") ?? device.Model;
        device.Concurrency = (int)(map.Integer("concurrency") ?? 1);
        foreach (var label in map.Entries("labels"))
        {
            device.Labels[label.Key.Text] = ((YamlScalar)label.Value).Text;
        }

        device.State = map.Take("state") is { } state ? NodeReader.Value(state, map.Diagnostics)!.Value.AsMap : ValueMap.Empty;
        map.Done();
    }

    private static CommandScript Script(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar)
        {
            return new CommandScript { Takes = NodeReader.Duration(node, "takes", diagnostics) ?? default };
        }

        var map = MapReader.Open(node, "a command", diagnostics)!;
        var emits = map.MapOf("emits");
        var script = new CommandScript
        {
            Takes = map.Duration("takes") ?? default,
            Fail = map.Text("fail"),
            Reject = map.Text("reject"),
            Hang = map.Boolean("hang") ?? false,
            LoseCommand = map.Boolean("lose-command") ?? false,
            LoseAck = map.Boolean("lose-ack") ?? false,
            Silent = map.Boolean("silent") ?? false,
            Late = map.Duration("late") ?? default,
            Twice = map.Boolean("twice") ?? false,
            Slot = map.Duration("slot") ?? default,
            Nobody = map.Boolean("nobody") ?? false,
            Phases = map.Boolean("phases") ?? false,
            Result = map.Take("result") is { } result ? NodeReader.Value(result, diagnostics)!.Value : default,
            Set = map.Take("set") is { } set ? NodeReader.Value(set, diagnostics)!.Value.AsMap : null,
            Emits = emits is null
                ? null
                : (emits.RequireText("event")!, NodeReader.Value(emits.Require("value")!, diagnostics)!.Value, emits.Duration("after") ?? default),
        };
        emits?.Done();
        map.Done();
        return script;
    }
}
