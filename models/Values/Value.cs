using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace IotMqtt.Models.Values;

/// <summary>
/// One immutable JSON-like value: a property of a device, an argument of a command, a result, a variable.
/// Sixteen bytes; scalars but text and whole numbers beyond 64 bits need no heap. Equality is by content: 1 equals 1.0, maps ignore order.
/// </summary>
public readonly partial struct Value : IEquatable<Value>
{
    private static readonly object IntegerTag = new();
    private static readonly object NumberTag = new();
    private static readonly object TrueTag = new();
    private static readonly object FalseTag = new();

    private readonly object? _content;
    private readonly long _bits;

    private Value(object? content, long bits = 0)
    {
        _content = content;
        _bits = bits;
    }

    /// <summary>JSON null.</summary>
    public static Value Null => default;

    /// <summary>true.</summary>
    public static Value True { get; } = new(TrueTag, 1);

    /// <summary>false.</summary>
    public static Value False { get; } = new(FalseTag);

    /// <summary>What this value is.</summary>
    public ValueKind Kind => _content switch
    {
        null => ValueKind.Null,
        string => ValueKind.Text,
        ValueMap => ValueKind.Map,
        Value[] => ValueKind.List,
        BoxedInteger => ValueKind.BigInteger,
        _ when ReferenceEquals(_content, IntegerTag) => ValueKind.Integer,
        _ when ReferenceEquals(_content, NumberTag) => ValueKind.Number,
        _ => ValueKind.Boolean,
    };

    /// <summary>Whether this is <see cref="Null"/>.</summary>
    public bool IsNull => _content is null;

    /// <summary>Whether this is a whole number or another one.</summary>
    public bool IsNumeric => Kind is ValueKind.Integer or ValueKind.BigInteger or ValueKind.Number;

    /// <summary>Whether this is a whole number that was written as one, of whatever size.</summary>
    public bool IsWhole => Kind is ValueKind.Integer or ValueKind.BigInteger;

    /// <summary>A boolean.</summary>
    public static Value Of(bool value) => value ? True : False;

    /// <summary>A whole number.</summary>
    public static Value Of(long value) => new(IntegerTag, value);

    /// <summary>A whole number of any size, exact.</summary>
    public static Value Of(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? Of((long)value) : new(new BoxedInteger(value));

    /// <summary>A number; one that is whole and within 2^53 becomes an integer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite: JSON has no such number.</exception>
    public static Value Of(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has no such number");
        }

        return Math.Abs(value) <= 9007199254740992d && Math.Floor(value) == value
            ? Of((long)value)
            : new(NumberTag, BitConverter.DoubleToInt64Bits(value));
    }

    /// <summary>Text; null becomes <see cref="Null"/>.</summary>
    public static Value Of(string? value) => new(value);

    /// <summary>A list, copied.</summary>
    public static Value Of(params ReadOnlySpan<Value> items) => new(items.ToArray());

    /// <summary>Named values.</summary>
    public static Value Of(ValueMap map) => new(map);

    /// <summary>The boolean.</summary>
    public bool AsBoolean => Kind == ValueKind.Boolean ? _bits != 0 : throw Mismatch(ValueKind.Boolean);

    /// <summary>The whole number.</summary>
    public long AsInteger => Kind == ValueKind.Integer ? _bits : throw Mismatch(ValueKind.Integer);

    /// <summary>The whole number, of whatever size.</summary>
    public BigInteger AsBigInteger => Kind switch
    {
        ValueKind.Integer => _bits,
        ValueKind.BigInteger => ((BoxedInteger)_content!).Value,
        _ => throw Mismatch(ValueKind.BigInteger),
    };

    /// <summary>The number, whole or not; of a whole number beyond 2^53 the nearest that a double can be.</summary>
    public double AsNumber => Kind switch
    {
        ValueKind.Integer => _bits,
        ValueKind.BigInteger => (double)((BoxedInteger)_content!).Value,
        ValueKind.Number => BitConverter.Int64BitsToDouble(_bits),
        _ => throw Mismatch(ValueKind.Number),
    };

    /// <summary>The text.</summary>
    public string AsText => _content as string ?? throw Mismatch(ValueKind.Text);

    /// <summary>The items of the list.</summary>
    public ReadOnlySpan<Value> AsList => _content is Value[] items ? items : throw Mismatch(ValueKind.List);

    /// <summary>The named values.</summary>
    public ValueMap AsMap => _content as ValueMap ?? throw Mismatch(ValueKind.Map);

    /// <summary>Whether two values are equal by content.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Whether two values differ by content.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Value other)
    {
        var kind = Kind;
        if (kind != other.Kind)
        {
            return false;
        }

        return kind switch
        {
            ValueKind.Text => string.Equals(AsText, other.AsText, StringComparison.Ordinal),
            ValueKind.List => AsList.SequenceEqual(other.AsList),
            ValueKind.Map => AsMap.Equals(other.AsMap),
            ValueKind.BigInteger => AsBigInteger == other.AsBigInteger,
            _ => _bits == other._bits,
        };
    }

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind switch
    {
        ValueKind.Text => AsText.GetHashCode(StringComparison.Ordinal),
        ValueKind.List => AsList.Length,
        ValueKind.Map => AsMap.Count,
        ValueKind.BigInteger => AsBigInteger.GetHashCode(),
        var kind => HashCode.Combine(kind, _bits),
    };

    /// <summary>The value as compact JSON.</summary>
    public override string ToString() => ToJson();

    /// <summary>
    /// Compares two numbers exactly, whatever their kinds and sizes: negative, zero or positive as the first is less than, equal to or greater
    /// than the second.
    /// </summary>
    /// <exception cref="InvalidOperationException">One of them is no number.</exception>
    public static int Compare(Value left, Value right)
    {
        if (left.IsWhole && right.IsWhole)
        {
            return left.AsBigInteger.CompareTo(right.AsBigInteger);
        }

        if (!left.IsWhole && !right.IsWhole)
        {
            return left.AsNumber.CompareTo(right.AsNumber);
        }

        // A double that is no whole number lies strictly between the two next to it.
        var (whole, other) = left.IsWhole ? (left.AsBigInteger, right.AsNumber) : (right.AsBigInteger, left.AsNumber);
        var floor = Math.Floor(other);
        var order = whole.CompareTo(new BigInteger(floor));
        order = order == 0 && floor < other ? -1 : order;
        return left.IsWhole ? order : -order;
    }

    private InvalidOperationException Mismatch(ValueKind wanted) => new($"a {wanted} was expected, but the value is a {Kind}: {ToJson()}");

    private sealed class BoxedInteger(BigInteger value)
    {
        public BigInteger Value => value;
    }
}
