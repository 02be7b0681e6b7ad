using System.Text;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Tests.Running.Scripted;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Cases;

/// <summary>What happens beside a program: <c>{ at: 2s, interrupt: true }</c>, <c>{ at: 1s, telemetry: a.temperature, value: 22 }</c>.</summary>
internal static class CaseEvents
{
    public static void Schedule(ScriptedWorld world, MapReader happens)
    {
        var at = happens.RequireDuration("at") ?? default;
        var value = happens.Take("value") is { } written ? NodeReader.Value(written, happens.Diagnostics)!.Value
            : happens.Text("payload") is { } payload ? PayloadText.Decode(Encoding.UTF8.GetBytes(payload))
            : happens.Text("hex") is { } hex ? PayloadText.Decode(Convert.FromHexString(hex))
            : default;
        if (happens.Boolean("interrupt") == true)
        {
            world.At(at, () => world.Post(new Fact.CancelAsked(at, CancelReason.Interrupted)));
        }
        else if (happens.Boolean("timeout") == true)
        {
            world.At(at, () => world.Post(new Fact.CancelAsked(at, CancelReason.Timeout)));
        }
        else if (happens.Text("offline") is { } away)
        {
            world.At(at, () =>
            {
                world.Device(away).IsAway = true;
                world.Post(new Fact.DeviceOffline(at, away));
            });
        }
        else if (happens.Text("online") is { } back)
        {
            var ledger = happens.Text("ledger") ?? "1";
            world.At(at, () => Return(world, world.Device(back), ledger, at));
        }
        else if (happens.Text("state") is { } changed)
        {
            world.At(at, () =>
            {
                world.Device(changed).State = value.AsMap;
                world.Message(MatchKind.State, changed, "", value);
            });
        }
        else if (happens.Boolean("link-restored") == true)
        {
            world.At(at, () => world.Post(new Fact.LinkRestored(at)));
        }
        else if (happens.Text("topic") is { } topic)
        {
            world.At(at, () => world.Message(MatchKind.Topic, null, topic, value));
        }
        else
        {
            var kind = happens.Has("telemetry") ? MatchKind.Telemetry : MatchKind.Event;
            var entry = happens.RequireText(kind == MatchKind.Telemetry ? "telemetry" : "event")!.Split('.');
            world.At(at, () => world.Message(kind, entry[0], entry[1], value));
        }

        happens.Done();
        Assert.Empty(happens.Diagnostics);
    }

    private static void Return(ScriptedWorld world, ScriptedDevice device, string ledger, TimeSpan at)
    {
        device.IsAway = false;
        if (ledger != "1")
        {
            device.LoseLedger();
        }

        world.Post(new Fact.DeviceOnline(at, device.Id, ledger, ledger));
    }
}
