using System.Collections.Immutable;

namespace IotMqtt.Models.Devices;

/// <summary>The type of a property or an argument.</summary>
public sealed partial record DataType
{
    /// <summary>What kind of value.</summary>
    public required DataTypeKind Kind { get; init; }

    /// <summary>The allowed texts of an <see cref="DataTypeKind.Enum"/>.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>The least number, inclusive.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest number, inclusive.</summary>
    public double? Max { get; init; }
}

/// <summary>The kinds of types that a model file may name.</summary>
public enum DataTypeKind
{
    /// <summary><c>boolean</c>.</summary>
    Boolean,

    /// <summary><c>integer</c>.</summary>
    Integer,

    /// <summary><c>number</c>.</summary>
    Number,

    /// <summary><c>text</c>.</summary>
    Text,

    /// <summary><c>enum: [a, b]</c>.</summary>
    Enum,

    /// <summary><c>color</c>: a text such as <c>#ff8800</c>.</summary>
    Color,

    /// <summary><c>list</c>.</summary>
    List,

    /// <summary><c>object</c>.</summary>
    Object,
}
