namespace IotMqtt.Models.Behaviour.Ledger;

/// <summary>What a device knows of a run.</summary>
internal sealed class RunRecord(string run)
{
    public string Run { get; } = run;

    /// <summary>The highest epoch that it was told.</summary>
    public long Epoch { get; set; }

    /// <summary>Whether the ledger has let go of commands of this run: then an id that it does not know may well have run.</summary>
    public bool HasForgotten { get; set; }
}
