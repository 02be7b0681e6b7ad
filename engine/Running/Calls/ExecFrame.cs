using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Nodes;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Calls;

/// <summary>One program of the operating system.</summary>
internal sealed class ExecFrame(ExecNode node) : CallFrame(node)
{
    private string _command = "";

    public override NodeKind? Kind => NodeKind.Exec;

    protected override ValueTemplate Question => new ValueTemplate.List(
        [OrNull(node.Directory), Templates.Map(node.Environment), OrNull(node.Input?.Value), .. node.Command]);

    protected override Expression? Where => node.Where;

    protected override string What => _command;

    protected override (string Value, string Also) Named => ("output", "exit");

    protected override Effect? Effect(Ticket ticket, ReadOnlySpan<Value> computed, out string? problem)
    {
        var words = ImmutableArray.CreateBuilder<string>(computed.Length - 3);
        foreach (var word in computed[3..])
        {
            words.Add(TextOf.Value(word));
        }

        _command = words[0];
        problem = _command.Length == 0 ? "the name of a program was expected, and this is an empty text" : null;
        var directory = computed[0].IsNull ? null : TextOf.Value(computed[0]);
        return problem is null ? new Effect.Execute(ticket, words.MoveToImmutable(), directory, Texts(computed[1]), BytesOf(node.Input, computed[2])) : null;
    }

    protected override string? Problem(ValueMap answer)
    {
        var exit = (int)answer["exit"].AsInteger;
        var isWanted = node.Exits.IsEmpty ? exit == 0 : node.Exits.Contains(exit);
        var wanted = node.Exits.IsEmpty ? "0" : string.Join(" or ", node.Exits);
        var said = answer["error"].AsText.Length > 0 ? answer["error"] : answer["output"];
        return isWanted ? null : $"{What} ended with exit code {exit}, not with {wanted}: {SeenValues.Short(said)}";
    }
}
