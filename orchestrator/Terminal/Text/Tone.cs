namespace IotMqtt.Orchestrator.Terminal.Text;

/// <summary>What a piece of text means; a terminal shows it as a colour, everything else not at all.</summary>
internal enum Tone
{
    /// <summary>Nothing special.</summary>
    Plain,

    /// <summary>Less important.</summary>
    Soft,

    /// <summary>More important.</summary>
    Strong,

    /// <summary>It succeeded.</summary>
    Good,

    /// <summary>It failed.</summary>
    Bad,

    /// <summary>It was refused.</summary>
    Refused,

    /// <summary>Nobody knows.</summary>
    Lost,

    /// <summary>It runs.</summary>
    Active,

    /// <summary>It is on the critical path.</summary>
    Critical,
}
