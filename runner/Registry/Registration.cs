namespace IotMqtt.Runner.Registry;

/// <summary>How the devices of a run were found.</summary>
/// <param name="Devices">How many there are.</param>
/// <param name="Elapsed">How long it took until all had answered, from when they were looked for.</param>
public sealed record Registration(int Devices, TimeSpan Elapsed)
{
    /// <summary>Devices a second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Devices / Elapsed.TotalSeconds : 0;
}
