using IotMqtt.Engine.Programs;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Runner.Running;

/// <summary>
/// Rehearses expressions, for programs that have some: a condition that holds, one that does not and says why, and where a program needs the
/// script engine, that too. Otherwise the first <c>assert</c> of a run would pay the just-in-time compiler for it, in its makespan.
/// </summary>
internal static class ExpressionRehearsal
{
    private static readonly Lock Gate = new();
    private static Task? _simple;
    private static Task? _scripted;

    /// <summary>Rehearses in the background, once a process.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="scripts">Whether a script engine is needed.</param>
    public static Task Once(TimeProvider time, bool scripts)
    {
        lock (Gate)
        {
            _simple ??= Task.Run(() => Rehearsal.RunAsync(time, Program("a.state.on == true", "params != null && a.state.on == 'no'")));
            return !scripts ? _simple : _scripted ??= Task.Run(() => Rehearsal.RunAsync(time, Program("[a.state.on].every(each => each)", "Object.keys(a.state).length > 1")));
        }
    }

    /// <summary>A program with a condition that holds after its first command, and one that does not.</summary>
    internal static DeviceProgram Program(string holds, string fails) => new()
    {
        Name = Rehearsal.Program.Name,
        Steps = new SequenceNode(
        [
            new DoNode(new DeviceTarget(SourcePosition.None, "a"), "go"),
            new AssertNode(Parse(holds)),
            new AssertNode(Parse(fails)) { Catch = new SequenceNode([new LogNode(new ValueTemplate.Constant(Value.Of("as it should")))]) },
        ]),
    };

    private static Expression Parse(string text)
    {
        var diagnostics = new DiagnosticBag();
        return Expression.Parse(text, SourcePosition.None, diagnostics) ?? throw new InvalidOperationException(string.Join(' ', diagnostics));
    }
}
