using IotMqtt.Broker.Topics;

namespace IotMqtt.Broker.Access;

/// <summary>One line of an access list.</summary>
/// <param name="Rights">What it lets do.</param>
/// <param name="Filter">The topics, with <c>%c</c> and <c>%u</c> where it is a pattern.</param>
/// <param name="IsPattern">Whether client id and user name are put in.</param>
internal sealed record AclRule(AclRights Rights, string Filter, bool IsPattern)
{
    /// <summary>The filter for a client; <see langword="null"/> where it has none: a name that would be more than a level, or that is not there.</summary>
    public string? FilterFor(string? user, string clientId)
    {
        if (!IsPattern)
        {
            return Filter;
        }

        if (Filter.Contains("%u", StringComparison.Ordinal) && !IsLevel(user) || Filter.Contains("%c", StringComparison.Ordinal) && !IsLevel(clientId))
        {
            return null;
        }

        // In one go: a client id that is called %u stays what it is.
        return string.Join('/', Filter.Split('/').Select(level => level switch
        {
            "%u" => user,
            "%c" => clientId,
            _ => level,
        }));
    }

    private static bool IsLevel(string? name) => name is { Length: > 0 } && name.IndexOfAny(['/', '+', '#']) < 0 && !TopicRules.IsHidden(name);
}
