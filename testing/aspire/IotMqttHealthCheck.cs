using IotMqtt.Protocol.Links;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IotMqtt.Aspire;

/// <summary>Healthy while the broker lets clients in and, where there are, the devices of a fleet are online.</summary>
internal sealed class IotMqttHealthCheck(IotMqttBrokerResource broker, IReadOnlyCollection<string> devices) : IHealthCheck
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var url = await broker.ConnectionStringExpression.GetValueAsync(cancellationToken).ConfigureAwait(false);
            if (url is null)
            {
                return HealthCheckResult.Unhealthy("The broker has no address yet.");
            }

            var missing = await BrokerProbe.LookAsync(url, devices, Within, cancellationToken).ConfigureAwait(false);
            return missing.Count == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{missing.Count} of {devices.Count} devices are not online, such as {missing.First()}.");
        }
        catch (MqttLinkException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }
}
