using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs;

/// <summary>A device that a node names.</summary>
/// <param name="At">Where it was written.</param>
/// <param name="Name">The id, the variable or the parameter.</param>
/// <param name="Kind">Which of them.</param>
public sealed record DeviceTarget(SourcePosition At, string Name, TargetKind Kind = TargetKind.Device);

/// <summary>How a node names a device.</summary>
public enum TargetKind
{
    /// <summary>By its id: <c>speaker.play</c>.</summary>
    Device,

    /// <summary>By the variable of an <c>each</c>, or of a <c>for-each</c> over ids: <c>d.install</c>.</summary>
    Variable,

    /// <summary>By a parameter that holds its id: <c>params.light.switch-on</c>.</summary>
    Parameter,
}
