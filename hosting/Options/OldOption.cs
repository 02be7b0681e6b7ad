using System.CommandLine;

namespace IotMqtt.Hosting.Options;

/// <summary>A name that an option once had: taken wherever options come from, with a word, and not listed.</summary>
public sealed class OldOption : Option<string?>
{
    /// <summary>An old name.</summary>
    /// <param name="name">With its dashes: <c>--ca-file</c>.</param>
    /// <param name="now">What it is called now.</param>
    public OldOption(string name, Option<string?> now)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(now);
        (Now, Hidden, Recursive, HelpName) = (now, true, now.Recursive, now.HelpName);
    }

    /// <summary>What it is called now.</summary>
    public Option<string?> Now { get; }
}
