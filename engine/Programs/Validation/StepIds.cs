using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Validation;

/// <summary>The ids of a program's steps.</summary>
internal static class StepIds
{
    /// <summary>Collects them, and notes those that are there twice.</summary>
    public static HashSet<string> Collect(DeviceProgram program, DiagnosticBag diagnostics)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in NodeTree.All(program.Steps))
        {
            if (node.Id is { } id && !ids.Add(id))
            {
                diagnostics.Error(node.IdAt.Or(node.At), $"the id \"{id}\" is there twice", "give each step an id of its own");
            }
        }

        return ids;
    }
}
