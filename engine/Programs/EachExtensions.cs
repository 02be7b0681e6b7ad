using IotMqtt.Engine.Programs.Building;

namespace IotMqtt.Engine.Programs;

/// <summary>The options of an <c>each</c>, for programs in C#.</summary>
public static class EachExtensions
{
    /// <summary>Names the variable that stands for the device.</summary>
    public static EachNode As(this EachNode node, string name) => node with { As = Texts.Variable(name) };

    /// <summary>Takes only devices for which a condition holds.</summary>
    public static EachNode Where(this EachNode node, string condition) => node with { Where = Texts.Condition(condition) };

    /// <summary>So many devices at a time.</summary>
    public static EachNode WithConcurrency(this EachNode node, int devices)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(devices, 1);
        return node with { Concurrency = devices };
    }

    /// <summary>In batches, cumulative: <c>InBatches("1", "10%", "100%")</c>.</summary>
    public static EachNode InBatches(this EachNode node, params ReadOnlySpan<string> batches) => node with { Batches = Texts.BatchSizes(batches) };

    /// <summary>What must succeed between two batches.</summary>
    public static EachNode WithGate(this EachNode node, params ReadOnlySpan<Node> steps) => node with { Gate = Body.Of(steps) };

    /// <summary>How many devices of all may fail: <c>"2%"</c>, or a number.</summary>
    public static EachNode Tolerate(this EachNode node, string failures) => node with { Tolerate = Texts.BatchSize(failures, least: 0) };

    /// <summary>What a failed device means for the others of its batch.</summary>
    public static EachNode OnFailure(this EachNode node, OnFailure onFailure) => node with { OnFailure = onFailure };

    /// <summary>Selecting nothing is in order.</summary>
    public static EachNode AllowEmpty(this EachNode node) => node with { AllowEmpty = true };
}
