namespace IotMqtt.Broker.Access;

/// <summary>What a rule lets somebody do with topics.</summary>
[Flags]
internal enum AclRights
{
    /// <summary>Nothing, whatever other rules say.</summary>
    Deny = 0,

    /// <summary>Subscribe to them and get messages.</summary>
    Read = 1,

    /// <summary>Publish to them.</summary>
    Write = 2,
}
