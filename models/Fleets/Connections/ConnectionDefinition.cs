using System.Collections.Immutable;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Fleets.Connections;

/// <summary>
/// The connection of a device to the broker that its back end uses: <c>connection:</c> of a fleet or of an entry, computed for this device.
/// What is null is as the worker has it. A device that has one speaks there on its own topics alone; its control topics are elsewhere.
/// DESIGN section 2.
/// </summary>
public sealed record ConnectionDefinition
{
    /// <summary>Where it is written.</summary>
    public required SourcePosition At { get; init; }

    /// <summary>The brokers, one after another when one does not answer; none: the worker's. May hold passwords.</summary>
    public ImmutableArray<string> Urls { get; init; } = [];

    /// <summary>The user name.</summary>
    public string? Username { get; init; }

    /// <summary>The password: never part of a log, a report, or what a device says of itself.</summary>
    public string? Password { get; init; }

    /// <summary>The client id.</summary>
    public string? ClientId { get; init; }

    /// <summary>A PEM file with the certificates to trust.</summary>
    public string? CaFile { get; init; }

    /// <summary>A PEM file with the certificate of the device.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A PEM file with its private key; null: it is in <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The name that the broker's certificate must carry, if not the host of the URL.</summary>
    public string? ServerName { get; init; }

    /// <summary>The keep alive of MQTT; at least a second.</summary>
    public TimeSpan? KeepAlive { get; init; }

    /// <summary>Whether each connection starts a new session; true unless said otherwise.</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>How long the broker keeps the session of a device that is away; nothing unless said otherwise.</summary>
    public TimeSpan SessionExpiry { get; init; }

    /// <summary>The version of MQTT that it speaks.</summary>
    public MqttVersion Version { get; init; } = MqttVersion.V5;

    /// <summary>Without what is secret.</summary>
    public override string ToString() => $"{ClientId ?? "the id of the device"}, MQTT {(Version == MqttVersion.V5 ? "5" : "3.1.1")}";
}
