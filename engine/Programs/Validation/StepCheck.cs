using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Expressions.Checking;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Programs.Validation;

/// <summary>
/// Walks through the steps of a program in the order in which they are carried out, and checks each with the names that there are. What is set in
/// a branch that may not be taken counts as known after it: whether it is, shows when the program runs.
/// </summary>
internal sealed class StepCheck(CheckContext context, DeviceProgram program, DeviceCheck devices)
{
    private readonly DiagnosticBag _diagnostics = context.Diagnostics;
    private int _depth;
    private int _catches;

    /// <summary>Checks a node.</summary>
    /// <returns>The names that there are after it.</returns>
    public CheckScope Check(Node node, CheckScope scope)
    {
        if (++_depth > NodeTree.MaxDepth)
        {
            _diagnostics.Error(node.At, $"the steps of {program.Name} nest deeper than {NodeTree.MaxDepth} levels");
            _depth--;
            return scope;
        }

        ExpressionCheck.Check(node.When, scope, _diagnostics);
        Check(node.Timeout, scope);
        if (node.Undo is { } undo)
        {
            Command(undo.Do, scope);
        }

        var after = Inside(node, scope);
        if (node is ActingNode acting)
        {
            Expectations(acting, after);
        }

        if (node.Catch is { } handler)
        {
            _catches++;
            var caught = Check(handler, after.With("error", StepShapes.Error));
            _catches--;
            after = after.Adopting(caught, except: "error");
        }

        after = node.Finally is { } last ? Check(last, after) : after;
        _depth--;
        return after;
    }

    private CheckScope Inside(Node node, CheckScope scope)
    {
        switch (node)
        {
            case DoNode act:
                Command(act, scope);
                break;
            case SequenceNode sequence:
                return sequence.Steps.Aggregate(scope, (names, step) => Check(step, names));
            case ParallelNode parallel:
                return Parallel(parallel, scope);
            case EachNode each:
                return Each(each, scope);
            case IfNode choice:
                ExpressionCheck.Check(choice.Condition, scope, _diagnostics);
                var then = Check(choice.Then, scope);
                return choice.Else is { } otherwise ? then.Adopting(Check(otherwise, scope)) : then;
            case RepeatNode repeat:
                return Repeat(repeat, scope);
            case WaitNode wait:
                Check(wait.Within, scope);
                Message(wait.Match, scope);
                break;
            case DelayNode delay:
                Check(delay.For, scope);
                break;
            case AssertNode assert:
                ExpressionCheck.Check(assert.Condition, scope, _diagnostics);
                break;
            case SetNode set:
                return Set(set, scope);
            case RunNode run:
                Run(run, scope);
                break;
            case PublishNode publish:
                ExpressionCheck.Check(publish.Topic, scope, _diagnostics);
                ExpressionCheck.Check(publish.Payload.Value, scope, _diagnostics);
                break;
            case HttpNode or ExecNode:
                Call(node, scope);
                break;
            case FaultNode fault:
                foreach (var target in fault.On)
                {
                    devices.Candidates(target, scope);
                }

                break;
            case LogNode log:
                ExpressionCheck.Check(log.Message, scope, _diagnostics);
                break;
            case FailNode fail:
                ExpressionCheck.Check(fail.Message, scope, _diagnostics);
                break;
            case UndoAllNode when _catches == 0:
                _diagnostics.Error(node.At, "\"undo: all\" stands outside of a catch", "put it into the catch of the step whose acts it takes back");
                break;
        }

        return scope;
    }

    private void Command(DoNode act, CheckScope scope)
    {
        devices.Command(act, scope);
        foreach (var (_, argument) in act.With)
        {
            ExpressionCheck.Check(argument, scope, _diagnostics);
        }
    }

    private void Call(Node node, CheckScope scope)
    {
        var (where, also, values) = node is HttpNode http
            ? (http.Where, "status", (IEnumerable<ValueTemplate?>)[http.Url, .. http.Headers.Select(header => header.Value), http.Body?.Value])
            : node is ExecNode exec
                ? (exec.Where, "exit", [.. exec.Command, exec.Directory, .. exec.Environment.Select(variable => variable.Value), exec.Input?.Value])
                : (null, "", []);
        foreach (var value in values)
        {
            ExpressionCheck.Check(value, scope, _diagnostics);
        }

        ExpressionCheck.Check(where, scope.With("value", Shape.Any).With(also, Shape.Any), _diagnostics);
    }

    private CheckScope Parallel(ParallelNode node, CheckScope scope)
    {
        if (node.Need > node.Branches.Length)
        {
            var count = node.Branches.Length == 1 ? "is only 1 branch" : $"are only {node.Branches.Length} branches";
            _diagnostics.Error(node.NeedAt.Or(node.At), $"need is {node.Need}, but there {count}", "write need: N with at most so many, or more branches");
        }

        var after = scope;
        foreach (var branch in node.Branches)
        {
            after = after.Adopting(Check(branch, scope));
        }

        return after;
    }

    private CheckScope Each(EachNode node, CheckScope scope)
    {
        var selected = SelectionCheck.Check(node, context);
        Name(node.As, node.AsAt.Or(node.At));
        var inner = scope.WithDevice(node.As, selected);
        ExpressionCheck.Check(node.Where, inner, _diagnostics);
        var after = scope.Adopting(Check(node.Steps, inner), except: node.As);
        return node.Gate is { } gate ? Check(gate, after) : after;
    }

    private CheckScope Repeat(RepeatNode node, CheckScope scope)
    {
        ExpressionCheck.Check(node.Times, scope, _diagnostics);
        ExpressionCheck.Check(node.ForEach, scope, _diagnostics);
        Name(node.Variable, node.AsAt.Or(node.At));
        var inner = node.ForEach is null ? scope.WithRound(node.Variable) : scope.WithDevice(node.Variable, Items(node.ForEach));
        ExpressionCheck.Check(node.While, scope, _diagnostics);
        var end = Check(node.Steps, inner);
        ExpressionCheck.Check(node.Until, end, _diagnostics);
        return scope.Adopting(end, except: node.Variable);
    }

    /// <summary>The devices whose ids a constant list holds, all of them; null where it holds something else.</summary>
    private List<DeviceDefinition>? Items(ValueTemplate items)
    {
        if (items is not ValueTemplate.Constant { Value: { Kind: ValueKind.List } list })
        {
            return null;
        }

        var found = new List<DeviceDefinition>();
        foreach (var item in list.AsList)
        {
            if (item.Kind != ValueKind.Text || context.Fleet.Find(item.AsText) is not { } device)
            {
                return null;
            }

            found.Add(device);
        }

        return found;
    }

    private CheckScope Set(SetNode node, CheckScope scope)
    {
        var after = scope;
        for (var index = 0; index < node.Variables.Length; index++)
        {
            var (name, value) = node.Variables[index];
            var at = index < node.VariablesAt.Length ? node.VariablesAt[index].Name : node.At;
            Name(name, at);
            if (scope.IsFixed(name))
            {
                _diagnostics.Error(at, $"\"{name}\" is the `as` of a node around this: it cannot be set", "give the variable another name");
            }

            ExpressionCheck.Check(value, scope, _diagnostics);
            after = after.With(name, Shape.Any);
        }

        return after;
    }

    private void Run(RunNode node, CheckScope scope)
    {
        var declared = node.Program.Parameters;
        ArgumentCheck.Check(
            node.With, node.WithAt, [.. declared.Select(parameter => new ParameterDefinition(parameter.Name, parameter.Type, parameter.Default, Optional: false))],
            node.Program.Name, "parameter", node.At, _diagnostics);
        var known = new ValueMap.Builder();
        foreach (var (name, value) in node.With)
        {
            ExpressionCheck.Check(value, scope, _diagnostics);
            known.Set(name, value is ValueTemplate.Constant constant ? constant.Value : Value.Null);
        }

        new ProgramCheck(context, node.Program, known.Build()).Check();
    }

    /// <summary>Checks what must, and must not, be seen.</summary>
    public void Expectations(ActingNode node, CheckScope scope)
    {
        foreach (var expectation in node.Expect.Concat(node.Never))
        {
            Check(expectation.Within, scope);
            Message(expectation.Match, scope);
        }
    }

    private void Message(MatchSpec match, CheckScope scope)
    {
        devices.Message(match, scope);
        ExpressionCheck.Check(match.Entry, scope, _diagnostics);
        var message = scope.With("value", Shape.Any).With("topic", Shape.Any);
        ExpressionCheck.Check(match.Where, message, _diagnostics);
        ExpressionCheck.Check(match.Counter, message, _diagnostics);
        ExpressionCheck.Check(match.Per, message, _diagnostics);
    }

    private void Check(DurationTemplate? duration, CheckScope scope) => ExpressionCheck.Check(duration?.Computed, scope, _diagnostics);

    private void Name(string name, SourcePosition at)
    {
        if (Names.Reserved.Contains(name))
        {
            _diagnostics.Error(at, $"\"{name}\" has a meaning of its own: a variable may not be called so");
        }
        else if (context.Fleet.Find(name) is not null)
        {
            _diagnostics.Error(at, $"the variable \"{name}\" hides the device of that id", "give the variable another name");
        }
    }
}
