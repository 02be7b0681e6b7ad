using System.Text;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Tests.Behaviour;

namespace IotMqtt.Models.Tests.Devices.Catalogue;

/// <summary>One device of a ready-made model, bare.</summary>
internal sealed class Solo
{
    private readonly RecordingHost _host = new();

    public Solo(string model, string id = "d")
    {
        var fleet = new FleetBuilder("one").Add(id, model).Build();
        Machine = new DeviceMachine(fleet.Devices[0], DeviceMachineOptions.Default, new ExpressionEvaluator(), _host, seed: 1);
        Machine.Start(TimeSpan.Zero);
    }

    public DeviceMachine Machine { get; }

    public RecordingHost Host => _host;

    public void Connect() => Machine.Connected(TimeSpan.Zero);

    public void Hear(string topic, string payload)
    {
        Machine.Receive(new OwnMessage { Topic = topic, Payload = Encoding.UTF8.GetBytes(payload) }, TimeSpan.Zero);
        Advance();
    }

    /// <summary>Does what it is at, and nothing that the clock brings besides.</summary>
    public void Advance()
    {
        while (Machine.NextDue is { } due && due < TimeSpan.FromSeconds(2))
        {
            Machine.Advance(due);
        }
    }

    public IEnumerable<string> Said()
    {
        Assert.Empty(_host.Errors);
        return _host.Published.Select(Text);
    }

    public string Will() => Text(Machine.Will(TimeSpan.Zero)!.Value);

    public static string Text(OwnMessage message) =>
        $"{message.Topic} {message.QualityOfService}{(message.Retain ? "R" : "")} {Encoding.UTF8.GetString(message.Payload.Span)}";
}
