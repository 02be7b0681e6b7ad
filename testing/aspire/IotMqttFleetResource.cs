using Aspire.Hosting.ApplicationModel;
using IotMqtt.Models.Fleets;

namespace IotMqtt.Aspire;

/// <summary>A fleet of emulated devices in a container, on a broker.</summary>
/// <param name="name">The name of the resource.</param>
/// <param name="broker">Its broker.</param>
/// <param name="fleet">What it is.</param>
public sealed class IotMqttFleetResource(string name, IotMqttBrokerResource broker, FleetDefinition fleet) : ContainerResource(name)
{
    /// <summary>Its broker.</summary>
    public IotMqttBrokerResource Broker { get; } = broker;

    /// <summary>What it is.</summary>
    public FleetDefinition Fleet { get; } = fleet;
}
