using IotMqtt.Models.StandIns;
using IotMqtt.Models.Values;

namespace IotMqtt.Testing;

/// <summary>One device of a virtual lab.</summary>
public sealed class VirtualLabDevice
{
    private readonly VirtualLab _lab;

    internal VirtualLabDevice(string id, VirtualLab lab) => (Id, _lab) = (id, lab);

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its properties at the end of the last run.</summary>
    public ValueMap State => _lab.Talk.StateOf(Id);

    /// <summary>What came for it in the last run, oldest first: the commands of the contract, and everything on topics of its own.</summary>
    public IReadOnlyList<LabMessage> Received => Ones(sent: false);

    /// <summary>What it sent in the last run, oldest first: the readings and events of the contract, and everything on topics of its own.</summary>
    public IReadOnlyList<LabMessage> Sent => Ones(sent: true);

    /// <summary>What it does with some messages in the runs to come, besides what its model does with them.</summary>
    /// <param name="filter">The topic filter, with <c>+</c> and <c>#</c>.</param>
    /// <param name="where">Which messages; null: all.</param>
    public StandInRule When(string filter, Func<StandInMessage, bool>? where = null) =>
        new StandInRule(filter, where).GivenTo(rule => _lab.Rules.Add((Id, rule)));

    private List<LabMessage> Ones(bool sent) => [.. _lab.Talk.Ones.Where(one => one.Device == Id && one.Sent == sent).Select(one => one.Message)];
}
