namespace IotMqtt.Models.Behaviour.Ledger;

/// <summary>The runs that a device has heard of, the latest last; the oldest makes room.</summary>
internal sealed class RunTable
{
    private const int Bound = 32;

    private readonly List<RunRecord> _runs = new(1);

    /// <summary>The record of a run, new where it is not known.</summary>
    public RunRecord Of(string run)
    {
        for (var at = _runs.Count - 1; at >= 0; at--)
        {
            if (string.Equals(_runs[at].Run, run, StringComparison.Ordinal))
            {
                return _runs[at];
            }
        }

        if (_runs.Count == Bound)
        {
            _runs.RemoveAt(0);
        }

        var record = new RunRecord(run);
        _runs.Add(record);
        return record;
    }
}
