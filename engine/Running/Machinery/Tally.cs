namespace IotMqtt.Engine.Running.Machinery;

/// <summary>What is counted while a run goes on.</summary>
internal sealed class Tally
{
    /// <summary>How many errors were caught.</summary>
    public int Caught { get; set; }

    /// <summary>How many devices of an <c>each</c> and branches of a <c>parallel</c> failed and were tolerated.</summary>
    public int Tolerated { get; set; }

    /// <summary>How the outermost frame ended; null: it has not.</summary>
    public Outcome? Outcome { get; set; }
}
