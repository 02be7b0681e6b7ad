using Acornima;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions.Direct;

/// <summary><c>!a</c>.</summary>
internal sealed class NotNode(DirectNode operand) : DirectNode
{
    public override DirectOutcome Evaluate(DirectFrame frame, out Value value)
    {
        var outcome = operand.Evaluate(frame, out value);
        value = Value.Of(!Truth.Of(value));
        return outcome;
    }
}

/// <summary><c>a &amp;&amp; b</c>, <c>a || b</c>, <c>a ?? b</c>.</summary>
internal sealed class LogicalNode(Operator operation, DirectNode left, DirectNode right) : DirectNode
{
    public override DirectOutcome Evaluate(DirectFrame frame, out Value value)
    {
        var outcome = left.Evaluate(frame, out value);
        if (outcome != DirectOutcome.Done)
        {
            return outcome;
        }

        var decided = operation switch
        {
            Operator.LogicalAnd => !Truth.Of(value),
            Operator.LogicalOr => Truth.Of(value),
            _ => !value.IsNull,
        };
        return decided ? DirectOutcome.Done : right.Evaluate(frame, out value);
    }
}

/// <summary><c>a ? b : c</c>.</summary>
internal sealed class ConditionalNode(DirectNode test, DirectNode then, DirectNode otherwise) : DirectNode
{
    public override DirectOutcome Evaluate(DirectFrame frame, out Value value)
    {
        var outcome = test.Evaluate(frame, out value);
        return outcome != DirectOutcome.Done ? outcome : (Truth.Of(value) ? then : otherwise).Evaluate(frame, out value);
    }
}

/// <summary>Operators with two operands that are both evaluated.</summary>
internal abstract class BinaryNode(DirectNode left, DirectNode right) : DirectNode
{
    public sealed override DirectOutcome Evaluate(DirectFrame frame, out Value value)
    {
        var outcome = left.Evaluate(frame, out var first);
        if (outcome != DirectOutcome.Done)
        {
            value = default;
            return outcome;
        }

        outcome = right.Evaluate(frame, out var second);
        if (outcome != DirectOutcome.Done)
        {
            value = default;
            return outcome;
        }

        if (!Apply(first, second, out value))
        {
            return DirectOutcome.GaveUp;
        }

        return value.Kind == ValueKind.Text && value.AsText.Length > ValueBounds.MaxTextLength
            ? frame.Fail($"a text came to more than {ValueBounds.MaxTextLength} characters")
            : DirectOutcome.Done;
    }

    /// <returns>False where JavaScript has to say.</returns>
    protected abstract bool Apply(Value left, Value right, out Value value);
}

/// <summary><c>==</c>, <c>===</c>, <c>!=</c>, <c>!==</c>.</summary>
internal sealed class EqualityNode(DirectNode left, DirectNode right, bool strict, bool negated) : BinaryNode(left, right)
{
    protected override bool Apply(Value left, Value right, out Value value)
    {
        var equal = Equal(left, right);
        value = Value.Of((equal ?? false) != negated);
        return equal is not null;
    }

    private bool? Equal(Value left, Value right)
    {
        if (left.IsNumeric && right.IsNumeric)
        {
            // JavaScript has whole numbers beyond 2^53 as another type, which === tells from numbers.
            return strict && DirectNumbers.IsSafe(left) != DirectNumbers.IsSafe(right) ? false
                : DirectNumbers.AreSafe(left, right) ? left.AsNumber == right.AsNumber
                : Value.Compare(left, right) == 0;
        }

        if (left.Kind != right.Kind)
        {
            return strict || left.IsNull || right.IsNull ? false : null;
        }

        return left.Kind switch
        {
            ValueKind.Null => true,
            ValueKind.Boolean => left.AsBoolean == right.AsBoolean,
            ValueKind.Text => string.Equals(left.AsText, right.AsText, StringComparison.Ordinal),
            _ => null,
        };
    }
}

/// <summary><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>.</summary>
internal sealed class ComparisonNode(Operator operation, DirectNode left, DirectNode right) : BinaryNode(left, right)
{
    protected override bool Apply(Value left, Value right, out Value value)
    {
        int order;
        if (left.IsNumeric && right.IsNumeric)
        {
            order = DirectNumbers.AreSafe(left, right) ? left.AsNumber.CompareTo(right.AsNumber) : Value.Compare(left, right);
        }
        else if (left.Kind == ValueKind.Text && right.Kind == ValueKind.Text)
        {
            order = string.CompareOrdinal(left.AsText, right.AsText);
        }
        else
        {
            value = default;
            return false;
        }

        value = Value.Of(operation switch
        {
            Operator.LessThan => order < 0,
            Operator.LessThanOrEqual => order <= 0,
            Operator.GreaterThan => order > 0,
            _ => order >= 0,
        });
        return true;
    }
}

/// <summary><c>+</c>, <c>-</c>, <c>*</c>, <c>/</c>, <c>%</c>.</summary>
internal sealed class ArithmeticNode(Operator operation, DirectNode left, DirectNode right) : BinaryNode(left, right)
{
    protected override bool Apply(Value left, Value right, out Value value)
    {
        value = default;
        if (left.IsNumeric && right.IsNumeric && DirectNumbers.AreSafe(left, right))
        {
            var (first, second) = (left.AsNumber, right.AsNumber);
            return DirectNumbers.TryBox(
                operation switch
                {
                    Operator.Addition => first + second,
                    Operator.Subtraction => first - second,
                    Operator.Multiplication => first * second,
                    Operator.Division => first / second,
                    _ => first % second,
                },
                out value);
        }

        if (operation == Operator.Addition && (left.Kind == ValueKind.Text || right.Kind == ValueKind.Text)
            && TextNode.TextOf(left) is { } start && TextNode.TextOf(right) is { } end)
        {
            value = Value.Of(start + end);
            return true;
        }

        return false;
    }
}

/// <summary>Numbers that are the same in JavaScript and as a <see cref="Value"/>.</summary>
internal static class DirectNumbers
{
    private const long Limit = 9007199254740992;

    public static bool AreSafe(Value left, Value right) => IsSafe(left) && IsSafe(right);

    /// <summary>Whether a value is a number in JavaScript, too; a whole number beyond 2^53 is a BigInt there.</summary>
    public static bool IsSafe(Value value) => value.Kind switch
    {
        ValueKind.Integer => value.AsInteger is >= -Limit and <= Limit,
        ValueKind.BigInteger => false,
        _ => true,
    };

    /// <returns>False for what a value cannot be, or cannot tell: no number, infinity, minus zero.</returns>
    public static bool TryBox(double number, out Value value)
    {
        value = double.IsFinite(number) ? Value.Of(number) : default;
        return double.IsFinite(number) && !(number == 0 && double.IsNegative(number));
    }
}

/// <summary>What JavaScript takes for true.</summary>
internal static class Truth
{
    public static bool Of(Value value) => value.Kind switch
    {
        ValueKind.Null => false,
        ValueKind.Boolean => value.AsBoolean,
        ValueKind.Integer or ValueKind.BigInteger or ValueKind.Number => value.AsNumber != 0,
        ValueKind.Text => value.AsText.Length > 0,
        _ => true,
    };
}
