using IotMqtt.Broker.Delivery;
using IotMqtt.Broker.Tests.Support;

namespace IotMqtt.Broker.Tests.Delivery;

public sealed class OutboxTests
{
    private readonly object _connection = new();
    private readonly Outbox _outbox = new(maxMessages: 5, maxBytes: long.MaxValue);

    [Fact]
    public void Messages_come_in_their_order_whatever_their_quality_of_service()
    {
        Attach();
        Add("0", qos: 1);
        Add("1", qos: 0);
        Add("2", qos: 2);
        Add("3", qos: 0);

        Assert.Equal(["0", "1", "2", "3"], TakeAll());
    }

    [Fact]
    public void QoS_0_is_not_held_up_by_what_waits_for_acknowledgements()
    {
        Attach(quota: 1);
        Add("0", qos: 1);
        Add("1", qos: 1);
        Add("2", qos: 0);

        Assert.Equal(["0", "2"], TakeAll());
        Assert.True(_outbox.Acknowledge(1));
        Assert.Equal(["1"], TakeAll());
    }

    [Fact]
    public void A_packet_identifier_is_not_given_again_while_its_message_is_unacknowledged()
    {
        Attach(quota: ushort.MaxValue);
        var kept = TakeNew();
        var seen = new HashSet<ushort> { kept };
        for (var i = 0; i < 2 * ushort.MaxValue; i++)
        {
            var identifier = TakeNew();
            Assert.NotEqual(kept, identifier);
            Assert.NotEqual(0, identifier);
            seen.Add(identifier);
            Assert.True(_outbox.Acknowledge(identifier));
        }

        Assert.Equal(ushort.MaxValue, seen.Count);
    }

    [Fact]
    public void A_connection_that_takes_over_gets_what_is_unacknowledged_again_first_and_with_its_identifier()
    {
        Attach();
        Add("0", qos: 1);
        Add("1", qos: 2);
        Add("2", qos: 2);
        Add("3", qos: 1);
        TakeAll();
        Assert.True(_outbox.Acknowledge(4));
        Assert.True(_outbox.Receive(2, isRefused: false));
        _outbox.Detach(_connection);
        Add("4", qos: 1);
        Add("5", qos: 0);

        var next = new object();
        _outbox.Attach(next, quota: 2);
        Assert.False(_outbox.TryTake(next, 0, out _));
        _outbox.Release(next);

        Assert.Equal(("0", 1, true, false), Take(next));
        Assert.Equal(("1", 2, true, true), Take(next));
        Assert.Equal(("2", 3, true, false), Take(next));
        Assert.False(_outbox.TryTake(next, 0, out _), "the quota of the new connection is used up");
        Assert.True(_outbox.Acknowledge(1));
        Assert.Equal(("4", 5, false, false), Take(next));
        Assert.False(_outbox.TryTake(_connection, 0, out _), "the old connection gets nothing more");
    }

    [Fact]
    public void What_has_been_sent_does_not_expire()
    {
        Attach(quota: 1);
        Assert.True(_outbox.TryAdd(Outgoing.Message("sent", qos: 2, deadline: 10), 0));
        Assert.True(_outbox.TryAdd(Outgoing.Message("waits", qos: 2, deadline: 10), 0));
        Assert.Equal(["sent"], TakeAll());

        _outbox.Attach(_connection, 10);
        _outbox.Release(_connection);

        Assert.True(_outbox.TryTake(_connection, 20, out var again));
        Assert.Equal(("sent", true), (again.Payload(), again.IsAgain));
        Assert.False(_outbox.TryTake(_connection, 20, out _));
        Assert.True(_outbox.Receive(again.Message.PacketIdentifier, isRefused: false));
        Assert.True(_outbox.Complete(again.Message.PacketIdentifier));
        Assert.Equal(0, _outbox.Count);
    }

    [Fact]
    public void What_was_never_on_its_way_is_unknown()
    {
        Attach();
        Add("0", qos: 2);
        TakeAll();

        Assert.False(_outbox.Acknowledge(1), "it is of QoS 2");
        Assert.False(_outbox.Acknowledge(7));
        Assert.False(_outbox.Receive(7, isRefused: false));
        Assert.False(_outbox.Complete(1), "it was not received");
        Assert.True(_outbox.Receive(1, isRefused: false));
        Assert.True(_outbox.Receive(1, isRefused: false), "a repeated PUBREC is answered again");
        Assert.True(_outbox.Complete(1));
        Assert.False(_outbox.Complete(1));
    }

    [Fact]
    public void Neither_more_messages_nor_more_bytes_wait_than_may_and_what_has_expired_makes_room()
    {
        var budget = new MemoryBudget(long.MaxValue);
        var size = Outgoing.Message("x", budget: budget).Shared.Size;
        var outbox = new Outbox(maxMessages: 100, maxBytes: 3 * size);
        Assert.True(outbox.TryAdd(Outgoing.Message("a", budget: budget, deadline: 10), 0));
        Assert.True(outbox.TryAdd(Outgoing.Message("b", budget: budget), 0));
        Assert.True(outbox.TryAdd(Outgoing.Message("c", budget: budget), 0));
        Assert.False(outbox.TryAdd(Outgoing.Message("d", budget: budget), 0));
        Assert.True(outbox.TryAdd(Outgoing.Message("e", budget: budget), 5_000));
        Assert.Equal((3, 3 * size, 3 * size), (outbox.Count, outbox.Bytes, budget.Used));

        outbox.Clear();

        Assert.Equal((0, 0L, 0L), (outbox.Count, outbox.Bytes, budget.Used));
        Assert.True(outbox.TryAdd(Outgoing.Message("late", budget: budget), 0));
        Assert.Equal(0, outbox.Count);
    }

    [Fact]
    public void A_message_for_many_counts_once_in_all()
    {
        var budget = new MemoryBudget(100_000);
        var shared = new SharedMessage(Outgoing.Application(new string('x', 50_000)), null, budget);
        var boxes = Enumerable.Range(0, 100).Select(_ => new Outbox(10, long.MaxValue)).ToList();
        foreach (var box in boxes)
        {
            Assert.True(box.TryAdd(new OutgoingMessage(shared, MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce, false, null), 0));
        }

        Assert.InRange(budget.Used, 50_000, 100_000);
        Assert.False(boxes[0].TryAdd(Outgoing.Message(new string('y', 50_000), budget: budget), 0));
        boxes.ForEach(box => box.Clear());
        Assert.Equal(0, budget.Used);
    }

    private void Attach(int quota = 1_000)
    {
        _outbox.Attach(_connection, quota);
        _outbox.Release(_connection);
    }

    private void Add(string payload, int qos) => Assert.True(_outbox.TryAdd(Outgoing.Message(payload, qos), 0));

    private ushort TakeNew()
    {
        Add("x", qos: 1);
        Assert.True(_outbox.TryTake(_connection, 0, out var sending));
        return sending.Message.PacketIdentifier;
    }

    private (string Payload, int Identifier, bool IsAgain, bool IsRelease) Take(object connection)
    {
        Assert.True(_outbox.TryTake(connection, 0, out var sending));
        return (sending.Payload(), sending.Message.PacketIdentifier, sending.IsAgain, sending.IsRelease);
    }

    private List<string> TakeAll()
    {
        var all = new List<string>();
        while (_outbox.TryTake(_connection, 0, out var sending))
        {
            all.Add(sending.Payload());
        }

        return all;
    }
}
