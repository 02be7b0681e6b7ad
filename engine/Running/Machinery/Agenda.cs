namespace IotMqtt.Engine.Running.Machinery;

/// <summary>
/// What is to be begun and ended at this moment of the run. All that begins goes first: branches start at once, and none of them is kept
/// from it by one that ends at the same moment.
/// </summary>
internal sealed class Agenda
{
    private readonly Queue<Frame> _begins = new();
    private readonly Queue<(Frame Frame, Outcome Outcome)> _ends = new();

    public void Begin(Frame frame) => _begins.Enqueue(frame);

    public void End(Frame frame, in Outcome outcome) => _ends.Enqueue((frame, outcome));

    public bool TryBegin(out Frame frame) => _begins.TryDequeue(out frame!);

    public bool TryEnd(out Frame frame, out Outcome outcome)
    {
        if (_ends.TryDequeue(out var ended))
        {
            (frame, outcome) = ended;
            return true;
        }

        (frame, outcome) = (null!, default);
        return false;
    }
}
