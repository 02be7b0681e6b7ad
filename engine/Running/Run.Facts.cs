using IotMqtt.Engine.Running.Commands;
using IotMqtt.Engine.Running.Machinery;

namespace IotMqtt.Engine.Running;

/// <content>Which part of the run a fact concerns.</content>
internal sealed partial class Run
{
    private void Turn(Fact fact)
    {
        switch (fact)
        {
            case Fact.Acknowledged acknowledged:
                Command(acknowledged.Command)?.Acknowledged(_machine, acknowledged.Acknowledgement);
                break;
            case Fact.Published published:
                Command(published.Command)?.Published(_machine);
                break;
            case Fact.Ticked:
                _machine.FireTimers();
                break;
            case Fact.Evaluated evaluated when Asker(evaluated.Ticket) is { } frame:
                frame.Answer(_machine, evaluated.Evaluation);
                break;
            case Fact.Performed performed when Asker(performed.Ticket) is { } frame:
                frame.Performed(_machine, performed);
                break;
            case Fact.Selected selected when Asker(selected.Ticket) is { } frame:
                frame.Selected(_machine, selected);
                break;
            case Fact.Called called when Asker(called.Ticket) is { } frame:
                frame.Called(_machine, called);
                break;
            case Fact.Armed armed:
                Open(armed.Ticket)?.Armed(_machine, armed);
                break;
            case Fact.Matched matched:
                Open(matched.Ticket)?.Matched(_machine, matched);
                break;
            case Fact.Unjudged unjudged:
                Open(unjudged.Ticket)?.Unjudged(_machine, unjudged);
                break;
            case Fact.Recalled recalled:
                Open(recalled.Ticket)?.Recalled(_machine, recalled);
                break;
            case Fact.PublishFailed failed:
                Command(failed.Command)?.PublishFailed(_machine, failed);
                break;
            case Fact.DeviceOnline online:
                _machine.Online(online);
                break;
            case Fact.DeviceOffline offline:
                _machine.Commands.Device(offline.Device).IsOffline = true;
                break;
            case Fact.LinkRestored:
                _machine.SendAgain();
                break;
            case Fact.EpochBegan began:
                _machine.Epoch = began.Epoch;
                break;
            case Fact.CancelAsked asked:
                Cancel(asked.Reason);
                break;
            case Fact.Started started:
                Start(started);
                break;
            default:
                break;
        }
    }

    private CommandFrame? Command(UInt128 id) => _machine.Commands.Find(id) is { HasEnded: false } command ? command : null;

    private Frame? Open(in Ticket ticket) => _machine.Frames.Find(ticket) is { HasEnded: false } frame ? frame : null;

    /// <summary>Who still waits for this answer.</summary>
    private Frame? Asker(in Ticket ticket) => Open(ticket) is { } frame && frame.TakesAnswer(ticket) ? frame : null;
}
