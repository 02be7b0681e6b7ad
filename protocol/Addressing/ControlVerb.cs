namespace IotMqtt.Protocol.Addressing;

/// <summary>What bypasses a device's command queue.</summary>
internal enum ControlVerb
{
    /// <summary>Take part in a run: announces its epoch, answered with incarnation and ledger generation.</summary>
    Register,

    /// <summary>What became of a command; never executes, and tombstones an id that the ledger does not know.</summary>
    Query,

    /// <summary>Do not start a command, or stop it.</summary>
    Cancel,

    /// <summary>Let something go wrong with the device, or no longer.</summary>
    Fault,
}
