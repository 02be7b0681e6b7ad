using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace IotMqtt.Broker.Peers;

/// <summary>A connection as Kestrel has it, and its place in the <see cref="Room"/>, which it gives back when its socket is closed and not before.</summary>
internal sealed class PeerConnection : ConnectionContext
{
    private readonly ConnectionContext _inner;
    private readonly Room _room;
    private int _hasLeft;

    public PeerConnection(ConnectionContext inner, Room room, bool isGuest)
    {
        (_inner, _room, IsGuest) = (inner, room, isGuest);
        inner.Features.Set(this);
    }

    /// <summary>Whether it speaks HTTP and is no WebSocket, yet or ever. Owned by the room.</summary>
    public bool IsGuest { get; set; }

    /// <summary>When it was accepted, in milliseconds of the broker's clock. Owned by the room.</summary>
    public long ArrivedAt { get; set; }

    /// <summary>Where it stands among those that are not known. Owned by the room.</summary>
    public LinkedListNode<PeerConnection>? Place { get; set; }

    public override string ConnectionId
    {
        get => _inner.ConnectionId;
        set => _inner.ConnectionId = value;
    }

    public override IFeatureCollection Features => _inner.Features;

    public override IDictionary<object, object?> Items
    {
        get => _inner.Items;
        set => _inner.Items = value;
    }

    public override IDuplexPipe Transport
    {
        get => _inner.Transport;
        set => _inner.Transport = value;
    }

    public override EndPoint? LocalEndPoint
    {
        get => _inner.LocalEndPoint;
        set => _inner.LocalEndPoint = value;
    }

    public override EndPoint? RemoteEndPoint
    {
        get => _inner.RemoteEndPoint;
        set => _inner.RemoteEndPoint = value;
    }

    public override CancellationToken ConnectionClosed
    {
        get => _inner.ConnectionClosed;
        set => _inner.ConnectionClosed = value;
    }

    /// <summary>Its CONNECT was accepted.</summary>
    public void Admit() => _room.Admit(this);

    /// <summary>It wants to speak MQTT over WebSocket.</summary>
    /// <returns>Whether there is room.</returns>
    public bool TryPromote() => _room.TryPromote(this);

    public override void Abort() => _inner.Abort();

    public override void Abort(ConnectionAbortedException abortReason) => _inner.Abort(abortReason);

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await _inner.DisposeAsync();
            await base.DisposeAsync();
        }
        finally
        {
            if (Interlocked.Exchange(ref _hasLeft, 1) == 0)
            {
                _room.Leave(this);
            }
        }
    }
}
