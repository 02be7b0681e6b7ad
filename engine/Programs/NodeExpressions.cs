using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Programs;

/// <summary>The expressions of a program.</summary>
internal static class NodeExpressions
{
    /// <summary>All expressions of a program and of all that it runs.</summary>
    public static IEnumerable<Expression> OfAll(DeviceProgram program)
    {
        var open = new Stack<DeviceProgram>([program]);
        var seen = new HashSet<DeviceProgram>(ReferenceEqualityComparer.Instance) { program };
        while (open.TryPop(out var current))
        {
            foreach (var expression in current.Result?.Expressions ?? [])
            {
                yield return expression;
            }

            foreach (var expression in current.Monitors is { } monitors ? Of(monitors) : [])
            {
                yield return expression;
            }

            foreach (var node in NodeTree.All(current.Steps))
            {
                foreach (var expression in Of(node))
                {
                    yield return expression;
                }

                if (node is RunNode run && seen.Add(run.Program))
                {
                    open.Push(run.Program);
                }
            }
        }
    }

    /// <summary>The expressions of one node, without those of the nodes inside it.</summary>
    public static IEnumerable<Expression> Of(Node node)
    {
        var matches = node is ActingNode acting ? acting.Expect.Concat(acting.Never).ToArray() : [];
        IEnumerable<Expression?> conditions = [node.When, .. ConditionsOf(node), .. matches.SelectMany(expectation => (Expression?[])[expectation.Match.Where, expectation.Match.Counter, expectation.Match.Per])];
        IEnumerable<ValueTemplate?> values =
        [
            node.Timeout?.Computed, .. ValuesOf(node), .. matches.SelectMany(expectation => (ValueTemplate?[])[expectation.Match.Entry, expectation.Within?.Computed]),
        ];
        return conditions.OfType<Expression>().Concat(values.OfType<ValueTemplate>().SelectMany(value => value.Expressions));
    }

    private static IEnumerable<Expression?> ConditionsOf(Node node) => node switch
    {
        EachNode each => [each.Where],
        IfNode choice => [choice.Condition],
        RepeatNode repeat => [repeat.While, repeat.Until],
        WaitNode wait => [wait.Match.Where],
        AssertNode assert => [assert.Condition],
        HttpNode http => [http.Where],
        ExecNode exec => [exec.Where],
        _ => [],
    };

    private static IEnumerable<ValueTemplate?> ValuesOf(Node node) => node switch
    {
        DoNode act => act.With.Select(argument => (ValueTemplate?)argument.Value),
        RepeatNode repeat => [repeat.Times, repeat.ForEach],
        WaitNode wait => [wait.Match.Entry, wait.Within.Computed],
        DelayNode delay => [delay.For.Computed],
        SetNode set => set.Variables.Select(variable => (ValueTemplate?)variable.Value),
        RunNode run => run.With.Select(parameter => (ValueTemplate?)parameter.Value),
        PublishNode publish => [publish.Topic, publish.Payload.Value],
        HttpNode http => [http.Url, .. http.Headers.Select(header => header.Value), http.Body?.Value],
        ExecNode exec => [.. exec.Command, exec.Directory, .. exec.Environment.Select(variable => variable.Value), exec.Input?.Value],
        LogNode log => [log.Message],
        FailNode fail => [fail.Message],
        _ => [],
    };
}
