using IotMqtt.Protocol.Links;
using IotMqtt.Testing;

namespace IotMqtt.Protocol.Tests.Links;

/// <summary>Links against a broker that is not ours.</summary>
public abstract class LinkTests : IDisposable
{
    private static readonly BackOff Quick = new() { Initial = TimeSpan.FromMilliseconds(10), Max = TimeSpan.FromMilliseconds(100) };

    protected LinkTests() => Environment = new LinkEnvironment(loggerFactory: Log);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected TestLog Log { get; } = new();

    private protected Recorder Recorder { get; } = new();

    private protected LinkEnvironment Environment { get; }

    private protected static IEnumerable<LinkFailureKind> CredentialKinds { get; } = [LinkFailureKind.BadCredentials, LinkFailureKind.NotAuthorized];

    private protected static MosquittoOptions WithUsers { get; } = new() { Users = new Dictionary<string, string> { ["ann"] = "s@cret" } };

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Log.Dispose();

    private protected static MqttLinkOptions WithWill(MqttLinkOptions options) =>
        options with { Will = new OutgoingMessage { Topic = "wills/mortal", Payload = "gone"u8.ToArray() } };

    private protected List<LinkState> Statuses() => [.. Recorder.Statuses.Select(status => status.State)];

    private protected MqttLink Link(MosquittoBroker broker, string clientId, params Subscription[] subscriptions) =>
        Link(broker.Url, clientId, options => options, Recorder, subscriptions);

    private protected MqttLink Link(ScriptedBroker broker, string clientId, params Subscription[] subscriptions) =>
        Link($"mqtt://127.0.0.1:{broker.Port}", clientId, options => options, Recorder, subscriptions);

    private protected MqttLink Link(
        MosquittoBroker broker,
        string clientId,
        Func<MqttLinkOptions, MqttLinkOptions> change,
        Recorder? recorder = null,
        params Subscription[] subscriptions) =>
        Link(broker.Url, clientId, change, recorder ?? Recorder, subscriptions);

    private MqttLink Link(
        string url, string clientId, Func<MqttLinkOptions, MqttLinkOptions> change, Recorder recorder, Subscription[] subscriptions) =>
        new(change(new MqttLinkOptions { Url = BrokerUrl.Parse(url), ClientId = clientId, BackOff = Quick }), recorder, Environment, subscriptions);
}
