using IotMqtt.Broker.Topics;

namespace IotMqtt.Broker.Access;

/// <summary>
/// An access list in the format of Mosquitto's <c>acl_file</c>: <c>topic [read|write|readwrite|deny] FILTER</c> for clients without a user name
/// or, after <c>user NAME</c>, for that user; <c>pattern …</c> for all, with <c>%c</c> for the client id and <c>%u</c> for the user name.
/// </summary>
internal static class AclFile
{
    /// <returns>The list, and everything that is wrong, with its line.</returns>
    public static (Acl Acl, List<string> Errors) Parse(string file, IEnumerable<string> lines)
    {
        var (anonymous, users, patterns, errors) = (new List<AclRule>(), new Dictionary<string, List<AclRule>>(StringComparer.Ordinal), new List<AclRule>(), new List<string>());
        var current = anonymous;
        foreach (var (number, text) in lines.Index())
        {
            var line = text.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var (word, rest) = Cut(line);
            switch (word)
            {
                case "user" when rest.Length > 0:
                    current = users.TryGetValue(rest, out var own) ? own : users[rest] = [];
                    break;
                case "topic" or "pattern" when Rule(rest, word == "pattern") is { } rule:
                    (word == "pattern" ? patterns : current).Add(rule);
                    break;
                default:
                    errors.Add($"{file}:{number + 1}: '{line}' is neither 'user NAME' nor 'topic' or 'pattern' with [read|write|readwrite|deny] and a topic filter.");
                    break;
            }
        }

        return (new Acl(anonymous, users, patterns), errors);
    }

    private static AclRule? Rule(string text, bool isPattern)
    {
        // Without a word before it the filter may do both; it may have spaces itself.
        var (word, rest) = Cut(text);
        AclRights? rights = word switch
        {
            "read" => AclRights.Read,
            "write" => AclRights.Write,
            "readwrite" => AclRights.Read | AclRights.Write,
            "deny" => AclRights.Deny,
            _ => null,
        };
        var filter = rights is not null && rest.Length > 0 ? rest : text;
        return TopicRules.IsFilter(filter) ? new AclRule(rights is not null && rest.Length > 0 ? rights.Value : AclRights.Read | AclRights.Write, filter, isPattern) : null;
    }

    private static (string Word, string After) Cut(string line)
    {
        var space = line.IndexOfAny([' ', '\t']);
        return space < 0 ? (line, "") : (line[..space], line[space..].Trim());
    }
}
