using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Calls;
using IotMqtt.Engine.Running.Commands;
using IotMqtt.Engine.Running.Expecting;
using IotMqtt.Engine.Running.Guards;
using IotMqtt.Engine.Running.Nodes;
using IotMqtt.Engine.Running.Scopes;

namespace IotMqtt.Engine.Running.Machinery;

/// <summary>The frame for a node.</summary>
internal static class FrameFactory
{
    /// <summary>The frame that stands for a node: a guard, where it has options.</summary>
    public static Frame Of(Node node, ProgramScope scope, string? steps)
    {
        var frame = NeedsGuard(node) ? new GuardFrame(node, steps) { Scope = scope } : Attempt(node, scope, steps);
        frame.IsNode = true;
        return frame;
    }

    /// <summary>The frame for one attempt of a node: with what it expects, where it expects something.</summary>
    public static Frame Attempt(Node node, ProgramScope scope, string? steps) =>
        node is ActingNode acting && (!acting.Expect.IsEmpty || !acting.Never.IsEmpty)
            ? new ExpectingFrame(acting) { Scope = scope }
            : Act(node, scope, steps);

    /// <summary>The frame for what a node does.</summary>
    public static Frame Act(Node node, ProgramScope scope, string? steps) => node switch
    {
        DoNode act => new DoFrame(act) { Scope = scope },
        SequenceNode sequence => new SequenceFrame(sequence, steps ?? "sequence") { Scope = scope },
        ParallelNode parallel => new ParallelFrame(parallel) { Scope = scope },
        EachNode each => new EachFrame(each) { Scope = scope },
        IfNode choice => new IfFrame(choice) { Scope = scope },
        RepeatNode repeat => new RepeatFrame(repeat) { Scope = scope },
        WaitNode wait => new WaitFrame(wait) { Scope = scope },
        DelayNode delay => new DelayFrame(delay) { Scope = scope },
        AssertNode assert => new AssertFrame(assert) { Scope = scope },
        SetNode set => new SetFrame(set) { Scope = scope },
        RunNode run => new RunFrame(run) { Scope = scope },
        PublishNode publish => new PublishFrame(publish) { Scope = scope },
        HttpNode http => new HttpFrame(http) { Scope = scope },
        ExecNode exec => new ExecFrame(exec) { Scope = scope },
        FaultNode fault => new FaultFrame(fault) { Scope = scope },
        LogNode log => new LogFrame(log) { Scope = scope },
        FailNode fail => new FailFrame(fail) { Scope = scope },
        UndoAllNode undo => new UndoAllFrame(undo) { Scope = scope },
        _ => throw new NotSupportedException($"the runner knows no {node.GetType().Name}"),
    };

    private static bool NeedsGuard(Node node) =>
        node.When is not null || node.Timeout is not null || node.Retry is not null
        || node.Catch is not null || node.Finally is not null || node.Undo is not null;
}
