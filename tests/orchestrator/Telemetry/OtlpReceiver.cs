using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace IotMqtt.Orchestrator.Tests.Telemetry;

/// <summary>A collector that keeps what it is sent over HTTP/protobuf: spans, and the names of metrics.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public OtlpReceiver()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Url);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    public ConcurrentBag<OtlpSpan> Spans { get; } = [];

    public ConcurrentDictionary<string, bool> Metrics { get; } = new(StringComparer.Ordinal);

    public ConcurrentBag<string> Services { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        ((IDisposable)_listener).Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                Take(context.Request.Url!.AbsolutePath, body.ToArray());
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    // opentelemetry-proto: Export…ServiceRequest.resource_… = 1, Resource…: resource = 1, scope_… = 2, Scope…: spans or metrics = 2.
    private void Take(string path, byte[] body)
    {
        foreach (var resource in Protobuf.Messages(body, 1))
        {
            foreach (var attribute in Protobuf.Messages(resource, 1).SelectMany(each => Protobuf.Messages(each, 1)).Where(each => Protobuf.Text(each, 1) == "service.name"))
            {
                Services.Add(Protobuf.Text(Protobuf.Messages(attribute, 2).First(), 1));
            }

            foreach (var item in Protobuf.Messages(resource, 2).SelectMany(scope => Protobuf.Messages(scope, 2)))
            {
                if (path.EndsWith("traces", StringComparison.Ordinal))
                {
                    Spans.Add(new OtlpSpan(Protobuf.Hex(item, 1), Protobuf.Hex(item, 2), Protobuf.Hex(item, 4), Protobuf.Text(item, 5)));
                }
                else
                {
                    Metrics[Protobuf.Text(item, 1)] = true;
                }
            }
        }
    }
}

/// <summary>A span, as far as tests ask.</summary>
internal sealed record OtlpSpan(string Trace, string Id, string Parent, string Name);
