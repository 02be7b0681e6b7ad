using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Runner.Dispatch.Links;

/// <content>Messages to oneself: what the broker had to deliver before them has come when they come back.</content>
internal sealed partial class ControlPlane
{
    private static readonly byte[] EchoPayload = new Acknowledgement { Status = AcknowledgementStatus.Succeeded }.ToUtf8();
    private static readonly DeviceId Self = DeviceId.Parse("…");

    private long _echoes;

    /// <summary>Whether an acknowledgement is a message to oneself.</summary>
    public static bool IsEcho(in ReceivedAcknowledgement received) => received.Device == Self;

    /// <summary>Whether an acknowledgement is a certain message to oneself.</summary>
    public static bool IsEcho(in ReceivedAcknowledgement received, CommandId id) =>
        IsEcho(received) && received.Correlation.TryGetCommandId(out var came) && came == id;

    /// <summary>Sends one, to come back as an acknowledgement.</summary>
    public CommandId Echo()
    {
        var id = NewEcho();
        PostEcho(id);
        return id;
    }

    /// <summary>Sends one and waits until it has come back.</summary>
    public async Task EchoAsync(CancellationToken cancellationToken)
    {
        var id = NewEcho();
        var listener = new EchoListener(id);
        Add(listener);
        try
        {
            PostEcho(id);
            await listener.Came.WaitAsync(cancellationToken);
        }
        finally
        {
            Remove(listener);
        }
    }

    private CommandId NewEcho() => new((UInt128)Interlocked.Increment(ref _echoes));

    private void PostEcho(CommandId id) =>
        Watching.Post(new OutgoingMessage { Topic = ReplyTopic(0, Self), Payload = EchoPayload, CorrelationData = id.ToArray() });

    private sealed class EchoListener(CommandId id) : IPlaneListener
    {
        private readonly TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Came => _came.Task;

        public bool OnAcknowledgement(in ReceivedAcknowledgement received)
        {
            var isIt = IsEcho(received, id);
            if (isIt)
            {
                _came.TrySetResult();
            }

            return isIt;
        }

        public void OnMessage(IncomingMessage message, in TopicAddress? address)
        {
        }

        public void OnLink(int link, LinkStatus status)
        {
        }
    }
}
