using System.Globalization;
using IotMqtt.Runner.Running;

namespace IotMqtt.Runner.Registry;

/// <summary>Says which devices are missing, and why, as far as it is known.</summary>
internal static class MissingDevices
{
    private const int MostNamed = 10;

    public static OrchestratorException Error(IReadOnlyCollection<Candidate> candidates, bool withState)
    {
        var missing = candidates
            .Where(candidate => candidate.Stage != CandidateStage.Registered || (withState && !candidate.HasState))
            .OrderBy(candidate => candidate.Device.Name, StringComparer.Ordinal)
            .ToList();
        return Error(candidates.Count - missing.Count, candidates.Count, [.. missing.Select(Describe)]);
    }

    /// <summary>For devices of which nothing but their names is known.</summary>
    public static OrchestratorException Error(int there, int all, IReadOnlyList<string> missing)
    {
        var named = string.Join(", ", missing.Take(MostNamed));
        var more = missing.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {missing.Count - MostNamed} more") : "";
        var verb = there == 1 ? "is" : "are";
        return new OrchestratorException(
            OrchestratorErrorKind.DevicesMissing,
            $"{there} of {all} devices {verb} there; missing: {named}{more}; start them, or name their fleet with --fleet to emulate them");
    }

    private static string Describe(Candidate candidate) => candidate.Stage switch
    {
        CandidateStage.Unseen => candidate.Device.Name,
        CandidateStage.Offline => $"{candidate.Device.Name} (offline)",
        CandidateStage.Refused => $"{candidate.Device.Name} (refused: {candidate.Refusal})",
        CandidateStage.Registered => $"{candidate.Device.Name} (has no state)",
        _ => $"{candidate.Device.Name} (online, but does not answer)",
    };
}
