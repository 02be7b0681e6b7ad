namespace IotMqtt.Testing;

/// <summary>What a <see cref="MosquittoBroker"/> is told.</summary>
public sealed record MosquittoOptions
{
    /// <summary>Who may connect, user names and passwords; if none, everybody.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it also listens for WebSockets.</summary>
    public bool WebSockets { get; init; }

    /// <summary>A PEM file with certificate and key: its one port then speaks TLS only.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Lines of <c>mosquitto.conf</c> on top, such as <c>max_inflight_messages 5</c>.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
