using IotMqtt.Models.StandIns;

namespace IotMqtt.Examples;

/// <summary>A unit of Acme's as a class: it reboots when its back end says so, and answers.</summary>
[Model(Events = ["rebooted"])]
public sealed class AcmeUnit : StandIn
{
    [Property]
    public int Boots { get; set; }

    [Command(Takes = "20ms..40ms")]
    public void Reboot(int id)
    {
        Boots++;
        Device.Emit("rebooted", new { id });
    }

    [Receives("acme/${serial}/downlink")]
    public void Downlink(StandInMessage message)
    {
        if (message["op"] == "reboot")
        {
            var id = message["id"];
            Device.Do("reboot", new { id }, done => Device.Reply($"acme/{Device.Vars["serial"].AsText}/uplink", new { id, ok = done.Succeeded }));
        }
    }
}
