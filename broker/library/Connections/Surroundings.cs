using IotMqtt.Broker.Access;
using IotMqtt.Broker.Routing;
using IotMqtt.Broker.Sessions;

namespace IotMqtt.Broker.Connections;

/// <summary>The parts of the broker that every connection works with.</summary>
internal sealed record Surroundings(
    BrokerOptions Options, Clock Clock, Router Router, SessionRegistry Sessions, ClientGates Gates, Drops Drops, AccessControl Access, ILogger<Connection> Logger);
