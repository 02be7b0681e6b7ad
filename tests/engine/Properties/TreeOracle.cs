using IotMqtt.Engine.Programs;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Tests.Properties;

/// <summary>How long a program takes whose commands each have a device of their own: the sum of a sequence, the longest of a parallel.</summary>
internal static class TreeOracle
{
    public static TimeSpan LengthOf(Node node, IReadOnlyDictionary<string, TimeSpan> takes) => node switch
    {
        DoNode act => takes[act.Command],
        DelayNode delay => delay.For.Constant!.Value,
        SequenceNode sequence => sequence.Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + LengthOf(step, takes)),
        ParallelNode parallel => parallel.Branches.Max(branch => LengthOf(branch, takes)),
        RepeatNode repeat => LengthOf(repeat.Steps, takes) * ((ValueTemplate.Constant)repeat.Times!).Value.AsInteger,
        _ => throw new NotSupportedException(node.GetType().Name),
    };
}
