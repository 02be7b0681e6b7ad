using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Tests.Devices.Catalogue;

/// <summary>The emulated and the external half of a ready-made model, and all that lies between them.</summary>
internal sealed class Pair
{
    private readonly Solo _emulated;
    private readonly Solo _external;
    private UInt128 _last;

    public Pair(string model)
    {
        (_emulated, _external) = (new Solo(model), new Solo(model + "-external"));
        _emulated.Connect();
        Carry();
    }

    public bool IsThere => _external.Machine.IsThere;

    public IEnumerable<string> Commands => _external.Machine.Device.Model.Commands.Select(command => command.Name);

    public string ExternalState => Shared(_external);

    public string EmulatedState => Shared(_emulated);

    public CommandReply Do(string command)
    {
        var definition = _external.Machine.Device.Model.FindCommand(command)!;
        var arguments = new ValueMap.Builder();
        foreach (var parameter in definition.Parameters)
        {
            arguments.Set(parameter.Name, Value.Of(17));
        }

        _external.Machine.Receive(new CommandRequest { Command = command, Arguments = arguments.Build(), Key = new CommandKey(++_last), ReplyTo = "me", Run = "r" }, TimeSpan.Zero);
        Carry();
        return _external.Host.Replies.Last();
    }

    public void Lose() => Hand(_external, _emulated.Machine.Will(TimeSpan.Zero)!.Value);

    private void Carry()
    {
        for (var moved = true; moved;)
        {
            _emulated.Advance();
            moved = Hand(_emulated, _external) | Hand(_external, _emulated);
        }
    }

    private static bool Hand(Solo from, Solo to)
    {
        var said = from.Host.Published.ToArray();
        from.Host.Published.Clear();
        foreach (var message in said)
        {
            Hand(to, message);
        }

        return said.Length > 0;
    }

    private static void Hand(Solo to, OwnMessage message)
    {
        if (to.Machine.Subscriptions.Any(subscription => TopicGrammar.Fits(subscription.Filter, message.Topic)))
        {
            to.Machine.Receive(message with { Retain = false }, TimeSpan.Zero);
        }
    }

    /// <summary>What both halves know of the device.</summary>
    private string Shared(Solo half) => Value.Of(ValueMap.Of([.. _external.Machine.Device.Model.Properties.Select(property => (property.Name, half.Machine.State()[property.Name]))])).ToJson();
}
