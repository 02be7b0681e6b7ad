namespace IotMqtt.Protocol.Links;

internal sealed partial class MqttLink
{
    private readonly Queue<LinkStatus> _untold = new(1);
    private LinkStatus _status;
    private bool _telling;

    private void Begin(LinkStatus status)
    {
        lock (_gate)
        {
            if (_status.State != LinkState.Created)
            {
                throw new InvalidOperationException($"The link of {Options.ClientId} is {_status.State} already.");
            }

            _status = status;
        }
    }

    // One at a time and in order, without a lock held while the handler runs.
    private void Become(LinkStatus status)
    {
        lock (_gate)
        {
            if (_status.IsFinal)
            {
                return;
            }

            _status = status;
            _untold.Enqueue(status);
            if (_telling)
            {
                return;
            }

            _telling = true;
        }

        while (true)
        {
            lock (_gate)
            {
                if (!_untold.TryDequeue(out status))
                {
                    _telling = false;
                    return;
                }
            }

            Tell(status);
        }
    }

    private void Tell(LinkStatus status)
    {
        try
        {
            _handler.OnStatus(this, status);
        }
        catch (Exception exception)
        {
            Environment.Logger.HandlerThrew(Options.ClientId, "a change of status", exception);
        }
    }
}
