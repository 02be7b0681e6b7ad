using System.Collections.Immutable;

namespace IotMqtt.Engine.Programs;

/// <summary>
/// Finds out which names of devices are variables of an <c>each</c> or a <c>for-each</c> around them: <c>d.install</c>. Both the reader and the
/// builder write names as they come, inside out; this is the one place that knows what is around them.
/// </summary>
internal sealed class TargetResolver
{
    private readonly List<string> _variables = [];

    /// <summary>The program with its targets resolved; the same where there is nothing to resolve.</summary>
    public static DeviceProgram Resolve(DeviceProgram program)
    {
        var steps = (SequenceNode)new TargetResolver().Resolve(program.Steps);
        return ReferenceEquals(steps, program.Steps) ? program : program with { Steps = steps };
    }

    private Node Resolve(Node node)
    {
        var changed = Inside(node);
        var (@catch, @finally, undo) = (Optional(node.Catch), Optional(node.Finally), Undo(node.Undo));
        if (!ReferenceEquals(@catch, node.Catch) || !ReferenceEquals(@finally, node.Finally) || !ReferenceEquals(undo, node.Undo))
        {
            changed = changed with { Catch = @catch, Finally = @finally, Undo = undo };
        }

        if (node is ActingNode acting)
        {
            var (expect, never) = (Expectations(acting.Expect), Expectations(acting.Never));
            if (expect != acting.Expect || never != acting.Never)
            {
                changed = (ActingNode)changed with { Expect = expect, Never = never };
            }
        }

        return changed;
    }

    private Node Inside(Node node)
    {
        switch (node)
        {
            case DoNode act:
                var device = Target(act.Device);
                return ReferenceEquals(device, act.Device) ? act : act with { Device = device };
            case SequenceNode sequence:
                var steps = All(sequence.Steps);
                return steps == sequence.Steps ? sequence : sequence with { Steps = steps };
            case ParallelNode parallel:
                var branches = All(parallel.Branches);
                return branches == parallel.Branches ? parallel : parallel with { Branches = branches };
            case EachNode each:
                var gate = Optional(each.Gate);
                var body = Within(each.As, each.Steps);
                return ReferenceEquals(gate, each.Gate) && ReferenceEquals(body, each.Steps) ? each : each with { Gate = gate, Steps = body };
            case IfNode choice:
                var (then, otherwise) = (Sequence(choice.Then), Optional(choice.Else));
                return ReferenceEquals(then, choice.Then) && ReferenceEquals(otherwise, choice.Else) ? choice : choice with { Then = then, Else = otherwise };
            case RepeatNode repeat:
                var round = repeat.ForEach is null ? Sequence(repeat.Steps) : Within(repeat.Variable, repeat.Steps);
                return ReferenceEquals(round, repeat.Steps) ? repeat : repeat with { Steps = round };
            case WaitNode wait:
                var match = Match(wait.Match);
                return ReferenceEquals(match, wait.Match) ? wait : wait with { Match = match };
            case FaultNode fault:
                var on = Same(fault.On, Target);
                return on == fault.On ? fault : fault with { On = on };
            default:
                return node;
        }
    }

    private SequenceNode Within(string variable, SequenceNode steps)
    {
        _variables.Add(variable);
        var resolved = Sequence(steps);
        _variables.RemoveAt(_variables.Count - 1);
        return resolved;
    }

    private SequenceNode Sequence(SequenceNode node) => (SequenceNode)Resolve(node);

    private SequenceNode? Optional(SequenceNode? node) => node is null ? null : Sequence(node);

    private ImmutableArray<Node> All(ImmutableArray<Node> nodes) => Same(nodes, Resolve);

    private UndoAction? Undo(UndoAction? undo)
    {
        if (undo is null)
        {
            return null;
        }

        var act = (DoNode)Resolve(undo.Do);
        return ReferenceEquals(act, undo.Do) ? undo : undo with { Do = act };
    }

    private ImmutableArray<Expectation> Expectations(ImmutableArray<Expectation> expectations) => Same(expectations, expectation =>
    {
        var match = Match(expectation.Match);
        return ReferenceEquals(match, expectation.Match) ? expectation : expectation with { Match = match };
    });

    private MatchSpec Match(MatchSpec match)
    {
        var device = match.Device is null ? null : Target(match.Device);
        return ReferenceEquals(device, match.Device) ? match : match with { Device = device };
    }

    private DeviceTarget Target(DeviceTarget target) =>
        target.Kind == TargetKind.Device && _variables.Contains(target.Name) ? target with { Kind = TargetKind.Variable } : target;

    /// <summary>The items, each resolved; the same array where none changed.</summary>
    private static ImmutableArray<T> Same<T>(ImmutableArray<T> items, Func<T, T> resolve)
        where T : class
    {
        ImmutableArray<T>.Builder? changed = null;
        for (var at = 0; at < items.Length; at++)
        {
            var resolved = resolve(items[at]);
            if (!ReferenceEquals(resolved, items[at]))
            {
                changed ??= items.ToBuilder();
                changed[at] = resolved;
            }
        }

        return changed?.DrainToImmutable() ?? items;
    }
}
