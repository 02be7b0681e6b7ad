using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace IotMqtt.Broker.Listening;

/// <summary>Says what to do about a socket that could not be opened.</summary>
internal static class ListenFailure
{
    /// <returns><see langword="null"/> for what is none of these.</returns>
    public static BrokerException? Explain(Exception exception, ListenerPlan plan)
    {
        // Kestrel's message names the address; the exception has no other place for it.
        var named = plan.Listeners.Where(listener => exception.Message.Contains($":{listener.Port}", StringComparison.Ordinal)).ToList();
        var where = $"{string.Join(" and ", plan.Addresses)}, port {string.Join(", ", (named.Count > 0 ? named : plan.Listeners).Select(listener => $"{listener.Port} ({listener.Kind})"))}";
        return (exception as SocketException ?? exception.InnerException as SocketException ?? exception.InnerException?.InnerException as SocketException) switch
        {
            { SocketErrorCode: SocketError.AddressAlreadyInUse } => InUse(exception),
            { SocketErrorCode: SocketError.AccessDenied } => new BrokerException(
                BrokerErrorKind.CannotListen, $"Cannot listen on {where}: this user may not. Take a port above 1023.", exception),
            { } socket => new BrokerException(
                BrokerErrorKind.CannotListen, $"Cannot listen on {where}: {socket.Message}. Is the host an address of this machine?", exception),
            null when exception is AddressInUseException || exception.InnerException is AddressInUseException => InUse(exception),
            null => null,
        };

        BrokerException InUse(Exception cause) => new(
            BrokerErrorKind.PortInUse,
            $"Cannot listen on {where}: another program listens there. Stop it, or choose another port (0 takes a free one).",
            cause);
    }
}
