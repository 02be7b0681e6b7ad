namespace IotMqtt.Engine.Running.Machinery;

/// <content>What becomes of commands in flight when connections come back.</content>
internal sealed partial class Machine
{
    /// <summary>A device is there. What is in flight for it is settled, where it was away or has begun another life.</summary>
    public void Online(Fact.DeviceOnline online)
    {
        var device = Commands.Device(online.Device);
        var isBack = device.IsOffline || (device.Incarnation is not null && device.Incarnation != online.Incarnation);
        device.IsOffline = false;
        device.Incarnation = online.Incarnation;
        device.Ledger = online.Ledger;
        if (isBack)
        {
            foreach (var command in device.Open.ToArray())
            {
                if (!command.HasEnded)
                {
                    command.DeviceIsBack(this);
                }
            }
        }
    }

    /// <summary>The link is back: all that is in flight is sent again, with its ids.</summary>
    public void SendAgain()
    {
        foreach (var command in Commands.InOrder())
        {
            command.SendAgain(this);
        }
    }
}
