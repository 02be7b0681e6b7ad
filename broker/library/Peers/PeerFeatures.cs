using Microsoft.AspNetCore.Http.Features;

namespace IotMqtt.Broker.Peers;

/// <summary>Finds a connection's place in the room from what Kestrel hands on.</summary>
internal static class PeerFeatures
{
    public static PeerConnection Peer(this IFeatureCollection features) =>
        features.Get<PeerConnection>() ?? throw new InvalidOperationException("the connection did not come from one of our listeners");
}
