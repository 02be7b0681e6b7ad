using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using IotMqtt.Aspire;
using IotMqtt.Models.Reading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IotMqtt.Integrations.Tests.Aspire;

/// <summary>Brokers and fleets as resources of an Aspire application. What they are made of is looked at; their health is asked on a lab's broker.</summary>
public sealed class ResourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_with_a_fleet_is_two_containers_that_wait_for_each_other()
    {
        var builder = Builder();

        var broker = builder.AddIotMqttBroker(port: 18883).WithFleet("examples/fleets/home.yaml");

        Assert.Equal("mqtt://{mqtt.bindings.mqtt.host}:{mqtt.bindings.mqtt.port}", broker.Resource.ConnectionStringExpression.ValueExpression);
        var endpoint = Assert.Single(broker.Resource.Annotations.OfType<EndpointAnnotation>());
        Assert.Equal((18883, 1883, "mqtt"), (endpoint.Port, endpoint.TargetPort, endpoint.UriScheme));
        var fleet = Assert.Single(builder.Resources.OfType<IotMqttFleetResource>());
        Assert.Equal(("mqtt-home", "iotmqtt-devices", broker.Resource), (fleet.Name, Assert.Single(fleet.Annotations.OfType<ContainerImageAnnotation>()).Image, fleet.Broker));
        Assert.Equal(broker.Resource, Assert.Single(fleet.Annotations.OfType<WaitAnnotation>()).Resource);
        Assert.Equal("/iotmqtt", Assert.Single(fleet.Annotations.OfType<ContainerMountAnnotation>()).Target);
        Assert.Equal(3, fleet.Fleet.Devices.Length);
        var environment = new EnvironmentCallbackContext(builder.ExecutionContext, cancellationToken: Token);
        foreach (var annotation in fleet.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(environment);
        }

        Assert.Equal("/iotmqtt/home.yaml", environment.EnvironmentVariables["IOTMQTT_FLEET"]);
        Assert.Equal(broker.Resource.ConnectionStringExpression.ValueExpression, Assert.IsType<ReferenceExpression>(environment.EnvironmentVariables["IOTMQTT_BROKER"]).ValueExpression);
    }

    [Fact]
    public void A_fleet_that_is_not_valid_is_said_with_its_places_before_anything_starts()
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{Guid.NewGuid():n}.yaml");
        File.WriteAllText(file, "fleet: wrong\ndevices:\n  - { id: a, model: no-such }\n");

        var wrong = Assert.Throws<InvalidFileException>(() => Builder().AddIotMqttBroker().WithFleet(file));

        File.Delete(file);
        Assert.Contains(":3:", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_health_says_whether_the_broker_lets_us_in_and_which_devices_are_missing()
    {
        await using var lab = await IotMqtt.Testing.IotLab.StartAsync("examples/fleets/home.yaml", new() { Root = Protocol.Ids.RootTopic.Default }, Token);
        var builder = Builder();
        var broker = builder.AddIotMqttBroker().WithFleet("examples/fleets/home.yaml").WithFleet("examples/fleets/thousand.yaml", "lamps");
        broker.WithEndpoint("mqtt", endpoint => endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, lab.BrokerUri.Host, lab.BrokerUri.Port));
        await using var services = builder.Services.BuildServiceProvider();

        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name.EndsWith("_check", StringComparison.Ordinal), Token);

        Assert.Equal(HealthStatus.Healthy, report.Entries["mqtt_check"].Status);
        Assert.Equal(HealthStatus.Healthy, report.Entries["mqtt-home_check"].Status);
        Assert.Contains("devices are not online, such as", report.Entries["lamps_check"].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_not_healthy()
    {
        var builder = Builder();
        builder.AddIotMqttBroker().WithEndpoint("mqtt", endpoint => endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "127.0.0.1", 1));
        await using var services = builder.Services.BuildServiceProvider();

        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "mqtt_check", Token);

        Assert.Equal(HealthStatus.Unhealthy, report.Status);
    }

    private static IDistributedApplicationBuilder Builder() => DistributedApplication.CreateBuilder(
        new DistributedApplicationOptions { DisableDashboard = true, ProjectDirectory = AppContext.BaseDirectory });
}
