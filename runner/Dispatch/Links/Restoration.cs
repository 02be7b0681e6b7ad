using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Runner.Dispatch.Links;

/// <summary>
/// Finds out when the connections are back <em>and</em> what the broker retains has come again: it sends itself a message behind the
/// subscriptions, which the broker delivers behind what it retains. Until then nobody knows which devices are there, and with
/// which ledger (rules 3 and 9). Owned by the run loop.
/// </summary>
internal sealed class Restoration(ControlPlane plane)
{
    private readonly HashSet<int> _broken = [];
    private CommandId? _awaited;

    /// <summary>A connection's status changed.</summary>
    /// <returns>Whether it has broken just now.</returns>
    public bool Link(int index, LinkState state)
    {
        if (state != LinkState.Connected)
        {
            _awaited = null;
            return _broken.Add(index);
        }
        else if (_broken.Remove(index) && _broken.Count == 0)
        {
            _awaited = plane.Echo();
        }

        return false;
    }

    /// <summary>Whether this is the message to oneself: all is known again.</summary>
    public bool IsRestored(in ReceivedAcknowledgement received)
    {
        if (_awaited is not { } awaited || !ControlPlane.IsEcho(received, awaited))
        {
            return false;
        }

        _awaited = null;
        return true;
    }
}
