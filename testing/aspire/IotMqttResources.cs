using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IotMqtt.Aspire;

/// <summary>
/// Adds brokers and fleets to an application.
/// <code>
/// var broker = builder.AddIotMqttBroker("mqtt").WithFleet("fleets/home.yaml");
/// builder.AddProject&lt;Projects.BackEnd&gt;("back-end").WithReference(broker).WaitFor(broker);
/// </code>
/// </summary>
public static class IotMqttResources
{
    private const int Port = 1883;
    private const string Folder = "/iotmqtt";

    /// <summary>Adds a broker in a container. It is healthy when it lets clients in.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="port">The port on this machine; null: a free one.</param>
    /// <param name="image">The image. <c>iotmqtt-broker</c>.</param>
    /// <param name="tag">Its tag.</param>
    public static IResourceBuilder<IotMqttBrokerResource> AddIotMqttBroker(
        this IDistributedApplicationBuilder builder, [ResourceName] string name = "mqtt", int? port = null, string image = "iotmqtt-broker", string tag = "latest")
    {
        ArgumentNullException.ThrowIfNull(builder);
        var broker = new IotMqttBrokerResource(name);
        var check = AddCheck(builder, name, broker, []);
        return builder.AddResource(broker).WithImage(image, tag)
            .WithEndpoint(port: port, targetPort: Port, scheme: IotMqttBrokerResource.EndpointName, name: IotMqttBrokerResource.EndpointName)
            .WithHealthCheck(check);
    }

    /// <summary>
    /// Hosts a fleet on a broker, in a container that starts when the broker is healthy. It is healthy when all its devices are online. What the fleet
    /// names must be in the folder of its file or below.
    /// </summary>
    /// <param name="builder">The broker.</param>
    /// <param name="file">The fleet's file, relative to the folder of the application.</param>
    /// <param name="name">The name of the resource; null: that of the broker and of the fleet.</param>
    /// <param name="image">The image. <c>iotmqtt-devices</c>.</param>
    /// <param name="tag">Its tag.</param>
    /// <returns>The broker.</returns>
    /// <exception cref="InvalidFileException">The fleet is not valid: everything that is wrong, with file, line and column.</exception>
    public static IResourceBuilder<IotMqttBrokerResource> WithFleet(
        this IResourceBuilder<IotMqttBrokerResource> builder, string file, string? name = null, string image = "iotmqtt-devices", string tag = "latest")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(file);
        var application = builder.ApplicationBuilder;
        var path = Path.GetFullPath(file, application.AppHostDirectory);
        var definition = FleetFile.Load(path);
        var fleet = new IotMqttFleetResource(name ?? $"{builder.Resource.Name}-{definition.Name}", builder.Resource, definition);
        var check = AddCheck(application, fleet.Name, builder.Resource, [.. definition.Devices.Select(device => device.Id)]);
        application.AddResource(fleet).WithImage(image, tag)
            .WithBindMount(Path.GetDirectoryName(path)!, Folder, isReadOnly: true)
            .WithEnvironment("IOTMQTT_BROKER", builder.Resource.ConnectionStringExpression)
            .WithEnvironment("IOTMQTT_FLEET", string.Concat(Folder, "/", Path.GetFileName(path)))
            .WaitFor(builder)
            .WithHealthCheck(check);
        return builder;
    }

    private static string AddCheck(IDistributedApplicationBuilder builder, string name, IotMqttBrokerResource broker, IReadOnlyCollection<string> devices)
    {
        var check = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(check, _ => new IotMqttHealthCheck(broker, devices), HealthStatus.Unhealthy, tags: null));
        return check;
    }
}
