using System.Globalization;
using IotMqtt.Models.Expressions.Syntax;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions.Direct;

/// <summary>A constant.</summary>
internal sealed class ConstantNode(Value constant) : DirectNode
{
    public override DirectOutcome Evaluate(DirectFrame frame, out Value value)
    {
        value = constant;
        return DirectOutcome.Done;
    }
}

/// <summary>A name.</summary>
internal sealed class SlotNode(int slot) : DirectNode
{
    public override DirectOutcome Evaluate(DirectFrame frame, out Value value)
    {
        value = frame.Slots[slot];
        return DirectOutcome.Done;
    }
}

/// <summary><c>device('id')</c>.</summary>
internal sealed class DeviceNode(string id) : DirectNode
{
    public override DirectOutcome Evaluate(DirectFrame frame, out Value value) =>
        frame.Scope.TryResolveDevice(id, out value) ? DirectOutcome.Done : frame.Fail(ExpressionErrors.NoDevice(id, frame.Scope));
}

/// <summary><c>owner.name</c>.</summary>
internal sealed class MemberNode(DirectNode owner, string name, string ownerPath) : DirectNode
{
    public override DirectOutcome Evaluate(DirectFrame frame, out Value value)
    {
        var outcome = owner.Evaluate(frame, out value);
        if (outcome != DirectOutcome.Done)
        {
            return outcome;
        }

        if (value.Kind == ValueKind.Map)
        {
            var map = value.AsMap;
            return map.TryGet(name, out value)
                ? DirectOutcome.Done
                : frame.Fail(ExpressionErrors.NoProperty(name, map.TypeName ?? $"`{ownerPath}`", map.Select(entry => entry.Key)));
        }

        if (name == "length" && value.Kind is ValueKind.Text or ValueKind.List)
        {
            value = Value.Of((long)(value.Kind == ValueKind.Text ? value.AsText.Length : value.AsList.Length));
            return DirectOutcome.Done;
        }

        return DirectOutcome.GaveUp;
    }
}

/// <summary><c>pad(number, width)</c>.</summary>
internal sealed class PadNode(DirectNode number, DirectNode width) : DirectNode
{
    public override DirectOutcome Evaluate(DirectFrame frame, out Value value)
    {
        var outcome = number.Evaluate(frame, out value);
        if (outcome != DirectOutcome.Done)
        {
            return outcome;
        }

        outcome = width.Evaluate(frame, out var places);
        if (outcome != DirectOutcome.Done)
        {
            return outcome;
        }

        if (!Padding.TryPad(value, places, out var text))
        {
            return DirectOutcome.GaveUp;
        }

        value = Value.Of(text);
        return DirectOutcome.Done;
    }
}

/// <summary>The text of a template literal, or of <c>+</c> with a text.</summary>
internal sealed class TextNode(DirectNode[] parts) : DirectNode
{
    public override DirectOutcome Evaluate(DirectFrame frame, out Value value)
    {
        var texts = new string[parts.Length];
        for (var part = 0; part < parts.Length; part++)
        {
            var outcome = parts[part].Evaluate(frame, out value);
            if (outcome != DirectOutcome.Done)
            {
                return outcome;
            }

            if (TextOf(value) is not { } text)
            {
                return DirectOutcome.GaveUp;
            }

            texts[part] = text;
        }

        value = Value.Of(string.Concat(texts));
        return DirectOutcome.Done;
    }

    /// <summary>The text that JavaScript makes of a value, where that needs no thought.</summary>
    public static string? TextOf(Value value) => value.Kind switch
    {
        ValueKind.Text => value.AsText,
        ValueKind.Integer or ValueKind.BigInteger => value.AsBigInteger.ToString(CultureInfo.InvariantCulture),
        ValueKind.Boolean => value.AsBoolean ? "true" : "false",
        _ => null,
    };
}
