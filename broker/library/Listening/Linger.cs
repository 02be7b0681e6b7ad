using Microsoft.AspNetCore.Connections;

namespace IotMqtt.Broker.Listening;

/// <summary>
/// Kestrel goes on sending what a closed connection still holds for as long as its peer takes: a peer that never reads would keep
/// its socket for ever. So it gets some time and no more.
/// </summary>
internal static class Linger
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Called when a connection is done with; does nothing to one that has closed in time.</summary>
    public static async Task BoundAsync(ConnectionContext connection)
    {
        await Task.Delay(Limit, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        connection.Abort();
    }
}
