using IotMqtt.Models.Faults;

namespace IotMqtt.Models.Behaviour;

// Faults strike commands, their acknowledgements, readings and events; control requests and the retained state they leave alone.
internal sealed partial class DeviceMachine
{
    /// <summary>Lets something go wrong from now on; in place of the fault of that key, if there is one.</summary>
    public void SetFault(string key, FaultDefinition fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _faults ??= new ActiveFaults(_seed);
        var before = _faults.Set(key, fault);
        if (fault.Disconnect is { } disconnect)
        {
            if (fault.Disconnect != before?.Disconnect)
            {
                _host.Disconnect(_faults.Absence(disconnect));
            }
        }
        else if (before?.Disconnect is not null)
        {
            ReconnectUnlessHeld();
        }
    }

    /// <summary>Ends the fault of that key. A command that hangs keeps hanging until it is cancelled.</summary>
    /// <returns>Whether there was one.</returns>
    public bool ClearFault(string key)
    {
        if (_faults?.Clear(key) is not { } fault)
        {
            return false;
        }

        if (fault.Disconnect is not null)
        {
            ReconnectUnlessHeld();
        }

        return true;
    }

    private void ReconnectUnlessHeld()
    {
        if (!_faults!.AnyDisconnects)
        {
            _host.Reconnect();
        }
    }
}
