namespace IotMqtt.Engine.Running.Machinery;

/// <summary>
/// What is to be begun and ended at this moment of the run. All that begins goes first, in the written order and to the bottom: branches
/// start at once, and none of them is kept from it by one that ends at the same moment.
/// </summary>
internal sealed class Agenda
{
    private readonly List<Frame> _fresh = [];
    private readonly Stack<Frame> _begins = new();
    private readonly Queue<(Frame Frame, Outcome Outcome)> _ends = new();

    public void Begin(Frame frame) => _fresh.Add(frame);

    public void End(Frame frame, in Outcome outcome) => _ends.Enqueue((frame, outcome));

    public bool TryBegin(out Frame frame)
    {
        for (var at = _fresh.Count - 1; at >= 0; at--)
        {
            _begins.Push(_fresh[at]);
        }

        _fresh.Clear();
        return _begins.TryPop(out frame!);
    }

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
