using Aspire.Hosting.ApplicationModel;

namespace IotMqtt.Aspire;

/// <summary>An MQTT broker in a container. Its connection string is its address, <c>mqtt://host:port</c>.</summary>
/// <param name="name">The name of the resource.</param>
public sealed class IotMqttBrokerResource(string name) : ContainerResource(name), IResourceWithConnectionString
{
    internal const string EndpointName = "mqtt";

    /// <summary>Where it takes MQTT over TCP.</summary>
    public EndpointReference Endpoint => field ??= new EndpointReference(this, EndpointName);

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"mqtt://{Endpoint.Property(EndpointProperty.Host)}:{Endpoint.Property(EndpointProperty.Port)}");
}
