using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Programs;

/// <summary>A length of time: written out, or computed when it is needed.</summary>
/// <param name="Constant">Written out.</param>
/// <param name="Computed">Comes to text such as <c>1m30s</c>.</param>
public sealed record DurationTemplate(TimeSpan? Constant, ValueTemplate? Computed)
{
    /// <summary>A constant.</summary>
    public static DurationTemplate Of(TimeSpan value) => new(value, null);
}
