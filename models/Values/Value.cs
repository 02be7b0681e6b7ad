using System.Diagnostics.CodeAnalysis;

namespace IotMqtt.Models.Values;

/// <summary>
/// One immutable JSON-like value: a property of a device, an argument of a command, a result, a variable.
/// Sixteen bytes; scalars but text need no heap. Equality is by content: 1 equals 1.0, maps ignore order.
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
        _ when ReferenceEquals(_content, IntegerTag) => ValueKind.Integer,
        _ when ReferenceEquals(_content, NumberTag) => ValueKind.Number,
        _ => ValueKind.Boolean,
    };

    /// <summary>Whether this is <see cref="Null"/>.</summary>
    public bool IsNull => _content is null;

    /// <summary>Whether this is an integer or another number.</summary>
    public bool IsNumeric => Kind is ValueKind.Integer or ValueKind.Number;

    /// <summary>A boolean.</summary>
    public static Value Of(bool value) => value ? True : False;

    /// <summary>A whole number.</summary>
    public static Value Of(long value) => new(IntegerTag, value);

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

    /// <summary>The number, whole or not.</summary>
    public double AsNumber => Kind switch
    {
        ValueKind.Integer => _bits,
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
        var kind => HashCode.Combine(kind, _bits),
    };

    /// <summary>The value as compact JSON.</summary>
    public override string ToString() => ToJson();

    private InvalidOperationException Mismatch(ValueKind wanted) => new($"a {wanted} was expected, but the value is a {Kind}: {ToJson()}");
}
