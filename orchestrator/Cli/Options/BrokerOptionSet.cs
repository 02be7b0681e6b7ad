using System.CommandLine;
using IotMqtt.Hosting.Options;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Orchestrator.Cli.Options;

/// <summary>Where the broker is and how to get in: the options of every command that connects.</summary>
internal sealed class BrokerOptionSet(string standard = "one in this process")
{
    private readonly Option<string?> _broker = CommonOptions.Broker(standard);
    private readonly Option<string?> _username = CommonOptions.Username();
    private readonly Option<string?> _password = CommonOptions.Password();
    private readonly Option<string?> _ca = CommonOptions.TlsCa();
    private readonly Option<string?> _certificate = CommonOptions.TlsCertificate();
    private readonly Option<string?> _key = CommonOptions.TlsKey();
    private readonly Option<string?> _root = CommonOptions.Root();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_broker);
        command.Options.Add(_username);
        command.Options.Add(_password);
        command.Options.Add(_ca);
        command.Options.Add(new OldOption("--ca-file", _ca));
        command.Options.Add(_certificate);
        command.Options.Add(_key);
        command.Options.Add(_root);
    }

    /// <summary>Whether a broker is named on the command line.</summary>
    public bool IsTyped(OptionSource source) => source.IsTyped(_broker);

    /// <summary>The broker, its credentials included; null: none is named.</summary>
    public BrokerUrl? Broker(OptionSource source)
    {
        if (source.Text(_broker) is not { } text)
        {
            return null;
        }

        if (!BrokerUrl.TryParse(text, out var url, out var reason))
        {
            // The text may hold a password: the source is named instead of it.
            source.Wrong($"{source.SourceOf(_broker)} is not the URL of a broker: {reason}");
            return null;
        }

        var (username, password) = (source.Text(_username), source.Text(_password));
        if (password is not null && (url.Username ?? username) is null)
        {
            source.Wrong($"{source.SourceOf(_password)} is given without a user name; name one with --username or in the URL");
        }

        return url.Username is null && username is not null ? WithCredentials(url, username, password)
            : url is { Username: { } name, Password: null } && password is not null ? WithCredentials(url, name, password)
            : url;
    }

    /// <summary>TLS: whom to trust, and who we are.</summary>
    public TlsOptions Tls(OptionSource source)
    {
        var tls = new TlsOptions { CaFile = source.Text(_ca), CertificateFile = source.Text(_certificate), KeyFile = source.Text(_key) };
        if (tls is { KeyFile: not null, CertificateFile: null })
        {
            source.Wrong($"{source.SourceOf(_key)} is given without a certificate; name it with --tls-certificate");
        }

        return tls;
    }

    /// <summary>The root topic.</summary>
    public RootTopic Root(OptionSource source)
    {
        if (source.Text(_root) is not { } text)
        {
            return RootTopic.Default;
        }

        if (RootTopic.TryParse(text, out var root))
        {
            return root;
        }

        source.Wrong($"{source.SourceOf(_root)} is '{text}'; it takes a topic without wildcards, such as iotmqtt or site/lab");
        return RootTopic.Default;
    }

    private static BrokerUrl WithCredentials(BrokerUrl url, string username, string? password)
    {
        var secret = password is null ? "" : ":" + Uri.EscapeDataString(password);
        var host = url.Host.Contains(':', StringComparison.Ordinal) ? $"[{url.Host}]" : url.Host;
        return BrokerUrl.Parse($"{url.Scheme}://{Uri.EscapeDataString(username)}{secret}@{host}:{url.Port}{url.Path}");
    }
}
