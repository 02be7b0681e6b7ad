using System.Collections.Immutable;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Expressions.Checking;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Devices.Reading;

/// <summary>
/// The names in a model's own topics and messages: its properties, what each place has, and variables that only a fleet knows. The latter
/// are collected, so that the fleet can be held to them.
/// </summary>
internal sealed class OwnNames(IReadOnlyCollection<string> properties, DiagnosticBag diagnostics)
{
    /// <summary>What a message that came means to expressions.</summary>
    public static readonly string[] OfReceived = ["value", "topic", "levels", "message"];

    /// <summary>What the end of a command means to expressions.</summary>
    public static readonly string[] OfOutcome = ["succeeded", "error", "result"];

    private readonly Dictionary<string, NameUse> _variables = new(StringComparer.Ordinal);

    /// <summary>The variables that a fleet must give.</summary>
    public ImmutableArray<NameUse> Variables => [.. _variables.Values];

    /// <summary>Properties that a name of messages would hide.</summary>
    public IEnumerable<string> Hidden => properties.Where(property => OfReceived.Contains(property) || OfOutcome.Contains(property));

    /// <summary>Checks an expression at a place that has these names beside the properties.</summary>
    public void Check(Expression? expression, params IEnumerable<(string Name, Shape Shape)> others)
    {
        if (expression is null)
        {
            return;
        }

        var known = ModelNames.Table([.. properties, "id"], [.. others]);
        ExpressionCheck.Check(expression, new Open(known), diagnostics);
        foreach (var use in expression.Names)
        {
            if (!known.TryGet(use.Name, out _))
            {
                _variables.TryAdd(use.Name, use);
            }
        }
    }

    /// <summary>Checks all expressions of a template.</summary>
    public void Check(ValueTemplate? template, params IEnumerable<(string Name, Shape Shape)> others)
    {
        foreach (var expression in template?.Expressions ?? [])
        {
            Check(expression, others);
        }
    }

    /// <summary>Checks the topic that a device subscribes to: what it is must be known once for all.</summary>
    public void CheckFixed(ValueTemplate topic)
    {
        Check(topic);
        foreach (var use in topic.Expressions.SelectMany(expression => expression.Names))
        {
            if (properties.Contains(use.Name))
            {
                diagnostics.Error(use.At, $"a topic to receive on cannot depend on the property {use.Name}: it is subscribed to once", "use id, or a variable of the device");
            }
        }
    }

    /// <summary>Takes every name; what is not known is a variable.</summary>
    private sealed class Open(NameTable known) : INameTable
    {
        public IEnumerable<string> Names => known.Names;

        public bool TryGet(string name, out Shape shape)
        {
            if (!known.TryGet(name, out shape))
            {
                shape = Shape.Any;
            }

            return true;
        }

        public bool TryGetDevice(string id, out Shape shape) => known.TryGetDevice(id, out shape);
    }
}
