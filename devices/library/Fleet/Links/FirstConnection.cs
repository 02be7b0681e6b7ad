using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>The first connection of a link: tried as long as that can help and nobody has lost patience. Afterwards a link comes back by itself.</summary>
internal static class FirstConnection
{
    /// <returns>Why not; null: it is connected and subscribed.</returns>
    public static async Task<LinkFailure?> MakeAsync(MqttLink link, FleetContext fleet, CancellationToken giveUp)
    {
        LinkFailure? failure = null;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await link.ConnectAsync(giveUp);
                return null;
            }
            catch (MqttLinkException exception)
            {
                failure = exception.Failure;
                if (!failure.IsTransient || giveUp.IsCancellationRequested)
                {
                    return failure;
                }
            }
            catch (Exception exception) when (link.Status.State == LinkState.Closed && exception is InvalidOperationException or OperationCanceledException)
            {
                // It was ended meanwhile: by a fault, or since somebody else has the device.
                return new LinkFailure(LinkFailureKind.ConnectionLost, $"{link.Options.ClientId} is away.");
            }
            catch (OperationCanceledException)
            {
                return failure ?? new LinkFailure(LinkFailureKind.Unreachable, $"No answer from a broker at {fleet.Options.Broker} in time.");
            }

            await Task.Delay(fleet.Options.BackOff.Delay(attempt, chance: 0.5), fleet.Clock.Provider, giveUp)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
