using System.Net;
using IotMqtt.Broker.Connections;
using IotMqtt.Broker.Peers;

namespace IotMqtt.Broker.Listening;

/// <summary>What the HTTP sockets answer: MQTT over WebSocket at <c>/mqtt</c>, and health.</summary>
internal sealed class HttpEndpoints(ConnectionHost host, Health health, OriginRule origins)
{
    private const string Subprotocol = "mqtt";

    public Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/mqtt" => MqttAsync(context),
        "/health/live" => AnswerAsync(context, HttpStatusCode.OK, "live"),
        "/health/ready" when health.IsReady => AnswerAsync(context, HttpStatusCode.OK, "ready"),
        "/health/ready" => AnswerAsync(context, HttpStatusCode.ServiceUnavailable, "not ready"),
        _ => AnswerAsync(context, HttpStatusCode.NotFound, "MQTT over WebSocket is at /mqtt, health at /health/live and /health/ready"),
    };

    private async Task MqttAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol))
        {
            await AnswerAsync(context, HttpStatusCode.BadRequest, "this is for WebSocket with the subprotocol 'mqtt'");
            return;
        }

        if (!origins.Allows(context.Request))
        {
            await AnswerAsync(context, HttpStatusCode.Forbidden, "pages of this origin may not speak to this broker (--websocket-origins)");
            return;
        }

        var peer = context.Features.Peer();
        if (!peer.TryPromote())
        {
            await AnswerAsync(context, HttpStatusCode.ServiceUnavailable, "no more connections");
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(Subprotocol);
        await using var transport = new WebSocketTransport(socket);
        var remote = context.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, context.Connection.RemotePort) : null;
        await host.RunAsync(transport, new Peer(remote, context.Request.IsHttps, context.Abort, peer.Admit));
    }

    private static Task AnswerAsync(HttpContext context, HttpStatusCode status, string text)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
