namespace IotMqtt.Broker.Access;

/// <summary>The rules that are in force. They can be read anew while clients are connected.</summary>
internal sealed partial class AccessControl(BrokerOptions options, AccessRules rules, ILogger<AccessControl> logger)
{
    private volatile AccessRules _rules = rules;

    /// <summary>Whether a client may connect; clients without a user name may where there are no accounts.</summary>
    public bool MayConnect(string? user, byte[]? password) => _rules.Accounts is not { } accounts || accounts.Match(user, password);

    /// <summary>Whether a client with that user name is somebody, and not whoever says so.</summary>
    public bool IsKnown(string? user) => _rules.Known(user) is not null;

    public bool MayPublish(string? user, string clientId, string topic) =>
        _rules is not { Acl: { } acl } rules || acl.Allows(AclRights.Write, rules.Known(user), clientId, topic);

    public bool MayReceive(string? user, string clientId, string topic) =>
        _rules is not { Acl: { } acl } rules || acl.Allows(AclRights.Read, rules.Known(user), clientId, topic);

    /// <summary>Whether there may be something for that filter; each message is asked for again.</summary>
    public bool MaySubscribe(string? user, string clientId, string filter) =>
        _rules is not { Acl: { } acl } rules || acl.AllowsSome(rules.Known(user), clientId, filter);

    /// <summary>Reads the files again. Connected clients stay; where a file is wrong, all stays as it was, and that is said.</summary>
    /// <returns>Whether the rules are those of the files now.</returns>
    public bool Reload()
    {
        var (rules, errors) = AccessRules.Read(options);
        if (rules is null)
        {
            LogNotReloaded(string.Join(" ", errors));
            return false;
        }

        _rules = rules;
        LogReloaded();
        return true;
    }

    [LoggerMessage(1201, LogLevel.Information, "read users and access list again")]
    private partial void LogReloaded();

    [LoggerMessage(1202, LogLevel.Error, "users and access list stay as they were: {Errors}")]
    private partial void LogNotReloaded(string errors);
}
