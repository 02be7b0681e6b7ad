using IotMqtt.Engine.Running.Machinery;

namespace IotMqtt.Engine.Tests.Running.Machinery;

public sealed class NodeKeyTests
{
    [Fact]
    public void Keys_are_the_same_on_every_machine()
    {
        // A change of these numbers makes journals of earlier versions unreadable: command ids derive from them.
        Assert.Equal("0c35f72b1f182bb7e98b3e6ae082d3cf", NodeKey.Of(7, Relation.Step, 3).ToString("x32"));
        Assert.Equal("45ff0dca95d52198c3a8a8ee1e9e1858", NodeKey.Of(7, Relation.Device, "unit-7").ToString("x32"));
    }

    [Fact]
    public void Every_place_relation_and_parent_has_a_key_of_its_own()
    {
        var keys = from parent in new UInt128[] { 1, 2 }
                   from relation in Enum.GetValues<Relation>()
                   from number in Enumerable.Range(0, 50)
                   select NodeKey.Of(parent, relation, number);

        Assert.Distinct(keys);
    }
}
