using System.Globalization;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Faults;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Orchestrator.Cli.Explaining;

/// <summary>What a node's options say, in the program's own words.</summary>
internal static class PlanOptions
{
    /// <summary>Its options; empty: it has none that differ from what is usual.</summary>
    public static IEnumerable<string> Of(Node node)
    {
        var own = node switch
        {
            DoNode act => With(act.With),
            RunNode run => With(run.With),
            ParallelNode parallel => Failure(parallel.OnFailure).Concat(parallel.Need is { } need ? [$"need {need}"] : []),
            EachNode each => Each(each),
            WaitNode wait => [$"within {NodeText.Duration(wait.Within)}"],
            FaultNode fault => Fault(fault.Fault),
            _ => [],
        };
        return own.Concat(Any(node));
    }

    /// <summary>What a command takes: <c>500ms</c>, <c>300ms..1s</c>, <c>about 500ms</c>.</summary>
    public static string Text(DurationSpec takes) => takes switch
    {
        DurationSpec.Uniform uniform => $"{NodeText.Duration(uniform.Min)}..{NodeText.Duration(uniform.Max)}",
        DurationSpec.Normal normal => $"about {NodeText.Duration(normal.MeanValue)}",
        _ => NodeText.Duration(takes.Mean),
    };

    private static IEnumerable<string> Any(Node node)
    {
        if (node.When is { } when)
        {
            yield return $"when {when.Source}";
        }

        if (node.Timeout is { } timeout)
        {
            yield return $"timeout {NodeText.Duration(timeout)}";
        }

        if (node.Retry is { } retry)
        {
            yield return $"up to {retry.Attempts} attempts";
        }

        if (node is ActingNode acting)
        {
            foreach (var expected in acting.Expect)
            {
                yield return $"expect {NodeText.Match(expected.Match)} within {NodeText.Duration(expected.Within)}";
            }

            foreach (var never in acting.Never)
            {
                yield return $"never {NodeText.Match(never.Match)}";
            }
        }
    }

    private static IEnumerable<string> With(IEnumerable<KeyValuePair<string, ValueTemplate>> values)
    {
        var text = string.Join(", ", values.Select(value => $"{value.Key}: {NodeText.Template(value.Value)}"));
        return text.Length == 0 ? [] : [text];
    }

    private static IEnumerable<string> Failure(OnFailure onFailure) =>
        onFailure == OnFailure.Drain ? [] : [$"on-failure: {onFailure.ToString().ToLowerInvariant()}"];

    private static IEnumerable<string> Each(EachNode each)
    {
        if (each.Where is { } where)
        {
            yield return $"where {where.Source}";
        }

        if (each.Concurrency is { } concurrency)
        {
            yield return $"{concurrency} at a time";
        }

        if (!each.Batches.IsEmpty)
        {
            yield return $"batches {string.Join(", ", each.Batches.Select(Size))}";
        }

        if (each.Tolerate is { } tolerate)
        {
            yield return $"tolerate {Size(tolerate)}";
        }

        foreach (var failure in Failure(each.OnFailure))
        {
            yield return failure;
        }
    }

    private static IEnumerable<string> Fault(FaultDefinition fault)
    {
        var parts = new[]
        {
            fault.Latency is { } latency ? $"latency {Text(latency)}" : "",
            fault.Drop is { } drop ? $"drop {Share(drop.Probability)} of what is {drop.What.ToString().ToLowerInvariant()}" : "",
            fault.Duplicate > 0 ? $"duplicate {Share(fault.Duplicate)}" : "",
            fault.Reject is { } reject ? $"reject {Share(reject.Probability)}" : "",
            fault.Hang > 0 ? $"hang {Share(fault.Hang)}" : "",
            fault.Disconnect is { } away ? away.For is { } time ? $"disconnect for {Text(time)}" : "disconnect" : "",
        };
        return parts.Where(part => part.Length > 0);
    }

    private static string Size(BatchSize size) => size.Count is { } count ? count.ToString(CultureInfo.InvariantCulture) : Percent(size.Percent!.Value);

    private static string Share(double probability) => Percent(probability * 100);

    private static string Percent(double percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0.##}%");
}
