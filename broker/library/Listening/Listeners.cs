using System.Net;
using IotMqtt.Broker.Connections;
using IotMqtt.Broker.Peers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IotMqtt.Broker.Listening;

/// <summary>The sockets that the broker listens on, all on one Kestrel: MQTT over TCP and TLS, and HTTP for WebSocket and health.</summary>
internal sealed class Listeners : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IReadOnlyDictionary<ListenerKind, ListenOptions> _bound;

    private Listeners(WebApplication app, IReadOnlyDictionary<ListenerKind, ListenOptions> bound) => (_app, _bound) = (app, bound);

    public static async Task<Listeners> StartAsync(
        ListenerPlan plan, Room room, ConnectionHost host, Health health, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<ILoggerFactory>(new KestrelLogs(loggers));
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(hosting => hosting.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var bound = new Dictionary<ListenerKind, ListenOptions>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton<IConnectionListenerFactory>(new SocketListenerFactory(room, loggers));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // A peer that does not get on with its request has no longer than one that does not get on with its CONNECT.
            (kestrel.Limits.RequestHeadersTimeout, kestrel.Limits.KeepAliveTimeout) = (plan.ConnectTimeout, plan.ConnectTimeout);
            foreach (var listener in plan.Listeners)
            {
                // A free port is that of one address; nobody could know a second one.
                foreach (var address in listener.Port == 0 ? plan.Addresses.Take(1) : plan.Addresses)
                {
                    kestrel.Listen(new ListenEndPoint(listener.Kind, address, listener.Port), listen =>
                    {
                        bound.TryAdd(listener.Kind, listen);
                        Configure(listener.Kind, listen, plan, host);
                    });
                }
            }
        });
        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        app.Run(new HttpEndpoints(host, health, plan.Origins).HandleAsync);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (ListenFailure.Explain(exception, plan) is not null)
        {
            await app.DisposeAsync();
            throw ListenFailure.Explain(exception, plan)!;
        }

        return new Listeners(app, bound);
    }

    /// <summary>Where it listens for that; <see langword="null"/> if it does not.</summary>
    public IPEndPoint? EndPointOf(ListenerKind kind) => _bound.GetValueOrDefault(kind)?.IPEndPoint;

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Configure(ListenerKind kind, ListenOptions listen, ListenerPlan plan, ConnectionHost host)
    {
        if (kind is ListenerKind.Mqtts or ListenerKind.WebSocketTls)
        {
            listen.UseHttps(plan.Certificate!);
        }

        if (kind is ListenerKind.Mqtt or ListenerKind.Mqtts)
        {
            listen.Run(async connection =>
            {
                var isSecure = connection.Features.Get<ITlsHandshakeFeature>() is not null;
                var admitted = connection.Features.Peer().Admit;
                await host.RunAsync(connection.Transport, new Peer(connection.RemoteEndPoint, isSecure, connection.Abort, admitted));
                _ = Linger.BoundAsync(connection);
            });
        }
        else
        {
            listen.Protocols = HttpProtocols.Http1;
        }
    }
}
