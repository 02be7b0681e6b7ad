using System.CommandLine;

namespace IotMqtt.Orchestrator.Cli.Options;

/// <summary>The options that several commands have. Text all of them: what it means is read in one place, with all sources and all errors.</summary>
internal static class CommonOptions
{
    public static Option<string?> Fleet(string standard = "the one that the program names") =>
        new("--fleet") { HelpName = "FILE", Description = $"The fleet to emulate in this process [{standard}]" };

    public static Option<string?> Broker(string standard) =>
        new("--broker") { HelpName = "URL", Description = $"A broker: mqtt://, mqtts://, ws:// or wss:// [{standard}]" };

    public static Option<string?> Username() =>
        new("--username") { HelpName = "NAME", Description = "The user name for the broker, where its URL has none" };

    public static Option<string?> Password() =>
        new("--password") { HelpName = "TEXT", Description = "The password for the broker; better in IOTMQTT_PASSWORD" };

    public static Option<string?> TlsCa() =>
        new("--tls-ca") { HelpName = "FILE", Description = "PEM file of the certificates to trust instead of the system's" };

    public static Option<string?> TlsCertificate() =>
        new("--tls-certificate") { HelpName = "FILE", Description = "PEM file of the certificate that the broker is shown" };

    public static Option<string?> TlsKey() =>
        new("--tls-key") { HelpName = "FILE", Description = "PEM file of its key, if the certificate's does not hold it" };

    public static Option<string?> Root() =>
        new("--root") { HelpName = "TOPIC", Description = "The root topic of the devices [iotmqtt]" };

    public static Option<string?> Seed() =>
        new("--seed") { HelpName = "N", Description = "The seed of everything that is left to chance: equal seeds, equal runs [1]" };

    public static Option<bool> Plain() =>
        new("--plain") { Description = "Lines without colours, as where standard output is no terminal" };
}
