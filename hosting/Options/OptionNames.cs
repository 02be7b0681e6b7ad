namespace IotMqtt.Hosting.Options;

/// <summary>
/// What an option is called where: <c>step-timeout</c> on the command line is <c>IOTMQTT_STEP_TIMEOUT</c> in the environment and
/// <c>Orchestrator:StepTimeout</c> in appsettings.json.
/// </summary>
/// <param name="Prefix">What the variables of the program begin with: <c>IOTMQTT_BROKER_</c>.</param>
/// <param name="Section">The section of the program in appsettings.json: <c>Broker</c>.</param>
public sealed record OptionNames(string Prefix, string Section)
{
    /// <summary>Ends the name of a variable that names a file with the value, as Docker and Kubernetes give secrets.</summary>
    public const string FileSuffix = "_FILE";

    private const string TlsGroup = "tls-";

    /// <summary>The variable of an option.</summary>
    /// <param name="option">Its name, with or without the dashes before it.</param>
    public string Variable(string option) => Prefix + option.TrimStart('-').ToUpperInvariant().Replace('-', '_');

    /// <summary>The key of an option within the section: <c>tls-key</c> is <c>Tls:Key</c>.</summary>
    /// <param name="option">Its name, with or without the dashes before it.</param>
    public static string Key(string option)
    {
        var name = option.TrimStart('-');
        return name.StartsWith(TlsGroup, StringComparison.Ordinal) ? "Tls:" + Words(name[TlsGroup.Length..]) : Words(name);
    }

    /// <summary>Where an option stands in the file, for people: <c>Broker:Tls:Key</c>.</summary>
    public string Place(string option) => $"{Section}:{Key(option)}";

    private static string Words(string name) => string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
