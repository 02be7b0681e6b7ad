using System.Collections.Frozen;
using IotMqtt.Broker.Topics;

namespace IotMqtt.Broker.Access;

/// <summary>
/// Who may read and write which topics: the rules of a user, or of clients without a user name, and the patterns for all. What no rule
/// allows is forbidden, and a rule that denies goes before all that allow.
/// </summary>
internal sealed class Acl(IReadOnlyList<AclRule> anonymous, IReadOnlyDictionary<string, List<AclRule>> users, IReadOnlyList<AclRule> patterns)
{
    private readonly FrozenDictionary<string, List<AclRule>> _users = users.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a client may read or write a topic.</summary>
    public bool Allows(AclRights right, string? user, string clientId, string topic)
    {
        var isAllowed = false;
        foreach (var rule in RulesOf(user))
        {
            var isDenial = rule.Rights == AclRights.Deny;
            if ((isDenial || rule.Rights.HasFlag(right)) && rule.FilterFor(user, clientId) is { } filter && FilterMatch.Matches(filter, topic))
            {
                if (isDenial)
                {
                    return false;
                }

                isAllowed = true;
            }
        }

        return isAllowed;
    }

    /// <summary>Whether there may be a topic that a filter matches and the client may read. Each message is asked for again.</summary>
    public bool AllowsSome(string? user, string clientId, string filter)
    {
        var rules = RulesOf(user).Select(rule => (rule.Rights, Filter: rule.FilterFor(user, clientId))).Where(rule => rule.Filter is not null).ToList();
        return rules.Any(rule => rule.Rights.HasFlag(AclRights.Read) && rule.Rights != AclRights.Deny && FilterMatch.Overlap(rule.Filter!, filter))
            && !rules.Any(rule => rule.Rights == AclRights.Deny && FilterMatch.Covers(rule.Filter!, filter));
    }

    private IEnumerable<AclRule> RulesOf(string? user) =>
        (user is null ? anonymous : _users.TryGetValue(user, out var own) ? own : []).Concat(patterns);
}
