using System.Collections.Immutable;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Fleets.Connections;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>The connection of the devices of one entry: its templates, read and checked once, computed for each device.</summary>
internal sealed class ConnectionTemplates
{
    private static readonly string[] Schemes = ["mqtt", "mqtts", "ws", "wss"];

    private readonly ConnectionShape _shape;
    private readonly string _path;
    private readonly DiagnosticBag _diagnostics;
    private readonly ImmutableArray<(ValueTemplate? Template, SourcePosition At)> _urls;
    private readonly Dictionary<string, (ValueTemplate? Template, SourcePosition At)> _texts;

    /// <summary>Reads the templates.</summary>
    /// <param name="shape">What is written.</param>
    /// <param name="path">The fleet file: the files that it names are relative to its folder.</param>
    /// <param name="read">Reads a template in which the names of the entry, and <c>id</c>, are known.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    public ConnectionTemplates(ConnectionShape shape, string path, Func<YamlNode, ValueTemplate?> read, DiagnosticBag diagnostics)
    {
        _shape = shape;
        _path = path;
        _diagnostics = diagnostics;
        _urls = [.. (shape.Urls ?? []).Select(node => (read(node), node.At))];
        _texts = shape.Texts.ToDictionary(text => text.Key, text => (read(text.Value), text.Value.At));
    }

    /// <summary>The connection of one device.</summary>
    /// <param name="device">Its id.</param>
    /// <param name="evaluate">Computes a template for it.</param>
    /// <returns>Null, with errors, where something in it is wrong.</returns>
    public ConnectionDefinition? Compute(string device, Func<ValueTemplate, Evaluation> evaluate)
    {
        var before = _diagnostics.Noted;
        var texts = _texts.ToDictionary(text => text.Key, text => Text(text.Value.Template, text.Value.At, text.Key, device, evaluate));
        var connection = new ConnectionDefinition
        {
            At = _shape.At,
            Urls = [.. _urls.Select(url => Url(url.Template, url.At, device, evaluate)).OfType<string>()],
            Username = texts.GetValueOrDefault("username"),
            Password = texts.GetValueOrDefault("password"),
            ClientId = texts.GetValueOrDefault("client-id"),
            CaFile = Existing("ca-file"),
            CertificateFile = Existing("certificate-file"),
            KeyFile = Existing("key-file"),
            ServerName = texts.GetValueOrDefault("server-name"),
            KeepAlive = _shape.KeepAlive,
            CleanStart = _shape.CleanStart ?? true,
            SessionExpiry = _shape.SessionExpiry ?? TimeSpan.Zero,
            Version = _shape.Version ?? MqttVersion.V5,
        };
        return _diagnostics.Noted == before ? connection : null;

        string? Existing(string key)
        {
            if (texts.GetValueOrDefault(key) is not { } file)
            {
                return null;
            }

            var resolved = FilePaths.Resolve(_path, file);
            if (!File.Exists(resolved))
            {
                _diagnostics.Error(_texts[key].At, $"there is no file {resolved} (for {device})", "the path is relative to this file");
            }

            return resolved;
        }
    }

    private string? Url(ValueTemplate? template, SourcePosition at, string device, Func<ValueTemplate, Evaluation> evaluate)
    {
        if (Text(template, at, "url", device, evaluate) is not { } url)
        {
            return null;
        }

        // It may hold a password: it is not repeated.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !Schemes.Contains(uri.Scheme) || uri.Host.Length == 0)
        {
            _diagnostics.Error(at, $"that is not the URL of a broker (for {device})", "write mqtt://, mqtts://, ws:// or wss://, a host and a port");
            return null;
        }

        return url;
    }

    private string? Text(ValueTemplate? template, SourcePosition at, string what, string device, Func<ValueTemplate, Evaluation> evaluate)
    {
        if (template is null)
        {
            return null;
        }

        var result = evaluate(template);
        if (result.Error is { } error)
        {
            _diagnostics.Error(at, $"{error} (for {device})");
            return null;
        }

        if (result.Value.Kind is ValueKind.Text)
        {
            return result.Value.AsText;
        }

        if (result.Value.Kind is ValueKind.Integer)
        {
            return result.Value.ToJson();
        }

        _diagnostics.Error(at, $"{what} must be a text (for {device})");
        return null;
    }
}
