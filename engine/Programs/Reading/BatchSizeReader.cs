using System.Collections.Immutable;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads numbers of devices: absolute, or a part of all.</summary>
internal static class BatchSizeReader
{
    /// <summary>Reads one: <c>5</c> or <c>10%</c>.</summary>
    public static BatchSize? Read(YamlNode node, string what, int least, DiagnosticBag diagnostics) =>
        node is YamlScalar { Text: [.., '%'] }
            ? NodeReader.Percent(node, what, diagnostics) is { } percent ? new(null, percent) : null
            : ValueReader.Count(node, what, least, diagnostics) is { } count ? new(count, null) : null;

    /// <summary>Reads batches, each larger than the one before.</summary>
    public static ImmutableArray<BatchSize> ReadAll(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is not YamlList { IsEmpty: false } list)
        {
            diagnostics.Error(node.At, node is YamlList ? "batches has no batches" : $"batches must be a list, but is {node.Describe()}", "write [1, 10%, 100%]");
            return [];
        }

        var sizes = ImmutableArray.CreateBuilder<BatchSize>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (Read(item, "a batch", 1, diagnostics) is not { } size)
            {
                continue;
            }

            if (size.Percent == 0)
            {
                diagnostics.Error(item.At, "a batch of 0% is no batch", "batches are cumulative: [1, 10%, 100%]");
            }
            else if (sizes.Count > 0 && (size.Count <= sizes[^1].Count || size.Percent <= sizes[^1].Percent))
            {
                diagnostics.Error(item.At, "a batch is no larger than the one before", "batches are cumulative: [1, 10%, 100%]");
            }

            sizes.Add(size);
        }

        return sizes.DrainToImmutable();
    }
}
