using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Fleets;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Orchestrator.Terminal;

/// <summary>
/// One line for each step that has ended: <c>  0.000  speaker.switch-on   succeeded   501 ms</c>, or what went wrong in a sentence:
/// <c>  0.501  speaker.play rejected: the speaker is off</c>.
/// </summary>
internal sealed class StepLines(NodeLabels labels, int nameWidth)
{
    /// <summary>The line for a node that has ended; null: it has nothing to say.</summary>
    public TextLine? Of(RecordedNode node)
    {
        if (node.End is not { } end)
        {
            return null;
        }

        if (node is { IsCommand: true, Parent.Kind: NodeKind.Expecting } && end.Error is null)
        {
            // What it expects is part of it: it has a line when that is known.
            return null;
        }

        var command = node is { Kind: NodeKind.Expecting, LastChild: { IsCommand: true, End: not null } act } ? act : node;
        var done = command.End!.Value;
        Piece began = new($"{Durations.Point((done.PublishedAt ?? command.BeganAt).TotalMilliseconds),7}  ", Tone.Soft);
        var label = labels.Label(command);
        if (end.Error is { } error)
        {
            var attempt = command.Attempt > 1 ? $"  (attempt {command.Attempt})" : "";
            return new(began, new($"{label} {StatusNames.Of(end.Status)}: ", Tones.Of(end.Status)), error.Message, new(attempt, Tone.Soft));
        }

        if (!command.IsCommand || (command != node && done.Error is not null))
        {
            return null;
        }

        var took = Durations.Short((done.At - (done.PublishedAt ?? command.BeganAt)).TotalMilliseconds);
        return new(began, label.PadRight(nameWidth) + "  ", new($"{StatusNames.Of(done.Status),-9}", Tones.Of(done.Status)), new($"  {took,9}", Tone.Soft));
    }

    /// <summary>How wide the names of a program's steps are: known before the first of them ends, so that the lines stand in columns.</summary>
    public static int WidthOf(DeviceProgram program, FleetDefinition? fleet)
    {
        var longestId = fleet is null or { Devices.IsEmpty: true } ? 0 : fleet.Devices.Max(device => device.Id.Length);
        var widest = 0;
        foreach (var node in ProgramTree.All(program.Steps))
        {
            if (node is DoNode act)
            {
                var id = act.Device.Kind == TargetKind.Device ? act.Device.Name.Length : longestId;
                widest = Math.Max(widest, id + 1 + act.Command.Length);
            }
        }

        return Math.Clamp(widest, 16, 40);
    }
}
