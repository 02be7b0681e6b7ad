using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Expressions;

/// <summary>A bare JavaScript expression, prepared once, immutable, shared by all threads. DESIGN section 7.</summary>
public sealed class Expression
{
    internal Expression(string source, SourcePosition at)
    {
        Source = source;
        At = at;
    }

    /// <summary>As it was written.</summary>
    public string Source { get; }

    /// <summary>Where it was written.</summary>
    public SourcePosition At { get; }
}
