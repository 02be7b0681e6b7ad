using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Validation;

/// <summary>Checks that a selection can find something.</summary>
internal static class SelectionCheck
{
    /// <summary>The devices that an <c>each</c> may find, its <c>where</c> aside.</summary>
    public static IReadOnlyList<DeviceDefinition> Check(EachNode node, CheckContext context)
    {
        var selection = node.Selection;
        for (var index = 0; index < selection.Ids.Length && !context.Fleet.IsPart; index++)
        {
            var id = selection.Ids[index];
            if (context.Fleet.Find(id) is null)
            {
                context.Diagnostics.Error(index < selection.IdsAt.Length ? selection.IdsAt[index] : node.At, $"there is no device \"{id}\" in the fleet {context.Fleet.Name}", context.SuggestDevice(id));
            }
        }

        var found = selection.Of(context.Fleet).ToArray();
        if (found.Length == 0 && !node.AllowEmpty && selection.Ids.IsEmpty && !context.Fleet.IsPart)
        {
            var (message, suggestion) = Explain(selection, context);
            context.Diagnostics.Error(selection.At.Or(node.At), message, suggestion);
        }

        return found;
    }

    private static (string Message, string? Suggestion) Explain(DeviceSelection selection, CheckContext context)
    {
        const string Allowed = "or write allow-empty: true";
        if (selection.Model is { } model && !context.Models.Any(known => known.Name == model))
        {
            var names = context.Models.Select(known => known.Name).ToArray();
            return ($"no device of the fleet {context.Fleet.Name} is a \"{model}\"", Suggest.For(model, names) is { } hint ? hint : Allowed);
        }

        var labels = string.Join(", ", selection.Labels.Select(label => $"{label.Key}: {label.Value}"));
        var of = selection.Model is null ? "" : $" of the model {selection.Model}";
        return ($"no device{of} has the labels {{ {labels} }}", Allowed);
    }
}
