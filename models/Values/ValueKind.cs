namespace IotMqtt.Models.Values;

/// <summary>The kinds of a <see cref="Value"/>: those of JSON, with integers apart from other numbers.</summary>
public enum ValueKind : byte
{
    /// <summary>JSON null; also the default of <see cref="Value"/>.</summary>
    Null,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A whole number, 64 bits, signed.</summary>
    Integer,

    /// <summary>A whole number beyond 64 bits, exact.</summary>
    BigInteger,

    /// <summary>Any other finite number, a double.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,

    /// <summary>An ordered list of values.</summary>
    List,

    /// <summary>Named values, in the order in which they were written.</summary>
    Map,
}
