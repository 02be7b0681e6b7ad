using System.IO.Pipelines;
using System.Net;
using IotMqtt.Broker.Connections;

namespace IotMqtt.Broker.Listening;

/// <summary>What the HTTP sockets answer: MQTT over WebSocket at <c>/mqtt</c>, and health.</summary>
internal sealed class HttpEndpoints(ConnectionHost host, Health health)
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

        using var socket = await context.WebSockets.AcceptWebSocketAsync(Subprotocol);
        await using var stream = new WebSocketStream(socket);
        var transport = new StreamTransport(stream);
        var remote = context.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, context.Connection.RemotePort) : null;
        await host.RunAsync(transport, remote, context.Request.IsHttps, context.Abort);
        await stream.CloseAsync();
    }

    private static Task AnswerAsync(HttpContext context, HttpStatusCode status, string text)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }

    private sealed class StreamTransport(Stream stream) : IDuplexPipe
    {
        // Reading zero bytes first waits without a buffer: an idle connection holds none.
        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }
}
