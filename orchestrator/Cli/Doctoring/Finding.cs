namespace IotMqtt.Orchestrator.Cli.Doctoring;

/// <summary>What <c>doctor</c> has found.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Verdict">How it is.</param>
/// <param name="Detail">What there is, or is missing.</param>
/// <param name="Remedy">What to do; null: nothing.</param>
internal sealed record Finding(string Name, FindingVerdict Verdict, string Detail, string? Remedy = null);

/// <summary>How something is.</summary>
internal enum FindingVerdict
{
    /// <summary>It is there.</summary>
    Good,

    /// <summary>It is not there, and some do without.</summary>
    Optional,

    /// <summary>It is not there, and nothing works without.</summary>
    Missing,

    /// <summary>The broker that is named does not let us in.</summary>
    Unreachable,
}
