using IotMqtt.Engine.Programs;

namespace IotMqtt.Engine.Tests.Properties;

/// <summary>What an <c>each</c> with <c>on-failure: complete</c> comes to: batches, so many devices at a time, and what is tolerated.</summary>
internal sealed class EachOracle(ProgramOracle program, EachNode each)
{
    private readonly List<StepStatus> _statuses = [];
    private TimeSpan _length;
    private int _errors;

    private int Failed => _statuses.Count(status => new Foreseen(status, default, 0).Failed);

    private bool HasFailed => Failed > (each.Tolerate?.RoundedDown(each.Selection.Ids.Length) ?? 0);

    public Foreseen Run(Variables variables)
    {
        var devices = each.Selection.Ids.Order(StringComparer.Ordinal).ToArray();
        var branches = new List<Variables>();
        var ends = Ends(devices.Length).ToArray();
        for (var (batch, from) = (0, 0); batch < ends.Length && !HasFailed; from = ends[batch++])
        {
            if (batch > 0 && each.Gate is not null)
            {
                var gate = program.Sequence(each.Gate.Steps, variables);
                _length += gate.Length;
                if (gate.Failed)
                {
                    branches.ForEach(variables.TakeOver);
                    return new(gate.Status, _length, _errors + gate.Errors);
                }
            }

            Batch(devices[from..ends[batch]], variables, branches);
        }

        branches.ForEach(variables.TakeOver);
        if (HasFailed)
        {
            return new(Foreseen.Worst(_statuses), _length, _errors);
        }

        program.Tolerate(Failed);
        return new(StepStatus.Succeeded, _length, 0);
    }

    private IEnumerable<int> Ends(int all)
    {
        if (!each.Batches.IsEmpty)
        {
            // One, then half of all, then the rest.
            yield return 1;
            if ((all + 1) / 2 > 1)
            {
                yield return (all + 1) / 2;
            }
        }

        if (each.Batches.IsEmpty || Math.Max(1, (all + 1) / 2) < all)
        {
            yield return all;
        }
    }

    private void Batch(string[] devices, Variables variables, List<Variables> branches)
    {
        var places = new TimeSpan[Math.Min(each.Concurrency ?? devices.Length, devices.Length)];
        foreach (var device in devices)
        {
            var branch = variables.Copy();
            branches.Add(branch);
            var ended = program.Sequence(each.Steps.Steps, branch, device);
            Array.Sort(places);
            places[0] += ended.Length;
            _statuses.Add(ended.Status);
            _errors += ended.Errors;
        }

        _length += places.Max();
    }
}
