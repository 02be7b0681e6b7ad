using System.Net;

namespace IotMqtt.Broker.Peers;

/// <summary>Who is at the other end of a connection, whatever carries it.</summary>
/// <param name="Remote">Its address.</param>
/// <param name="IsSecure">Whether the connection is encrypted.</param>
/// <param name="Abort">Ends the connection without a word.</param>
/// <param name="Admitted">Says that its CONNECT was accepted.</param>
internal sealed record Peer(EndPoint? Remote, bool IsSecure, Action Abort, Action Admitted);
