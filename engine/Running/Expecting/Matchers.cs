using System.Diagnostics.CodeAnalysis;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Commands;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Expecting;

/// <summary>What the world looks out for.</summary>
internal static class Matchers
{
    public static bool TryMake(
        MatchSpec match,
        in Value entry,
        ProgramScope scope,
        Ticket ticket,
        ulong seed,
        bool withRetained,
        [NotNullWhen(true)] out Effect.Arm? arm,
        [NotNullWhen(false)] out string? problem)
    {
        arm = null;
        string? device = null;
        if (match.Device is { } target)
        {
            if (!DeviceTargets.TryResolve(target, scope, out var resolved, out problem))
            {
                return false;
            }

            device = resolved;
        }

        if (!entry.IsNull && (entry.Kind != ValueKind.Text || entry.AsText.Length == 0))
        {
            problem = $"a name or a topic was expected, and this is {entry.ToJson()}";
            return false;
        }

        problem = null;
        arm = new Effect.Arm
        {
            Ticket = ticket,
            Kind = match.Kind,
            Device = device,
            Entry = entry.IsNull ? null : entry.AsText,
            Where = match.Where,
            Counter = match.Counter,
            Per = match.Per,
            Scope = scope,
            WithRetained = withRetained && match.Kind is (MatchKind.State or MatchKind.Topic),
            Seed = seed,
        };
        return true;
    }

    /// <summary><c>telemetry attic.temperature where value > 21</c>.</summary>
    public static string Describe(Effect.Arm arm)
    {
        var what = arm.Kind == MatchKind.State ? arm.Device : arm.Device is null ? arm.Entry : $"{arm.Device}.{arm.Entry}";
        var where = arm.Where is null ? "" : $" where {arm.Where.Source}";
        return $"{arm.Kind.ToString().ToLowerInvariant()} {what}{where}";
    }
}
