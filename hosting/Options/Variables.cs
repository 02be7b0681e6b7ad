using System.Collections;

namespace IotMqtt.Hosting.Options;

/// <summary>The environment variables of this process, and which of them look like options and are none.</summary>
public static class Variables
{
    private const int LongName = 8;

    /// <summary>Those of this process.</summary>
    public static IReadOnlyDictionary<string, string> OfProcess() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    /// <summary>The variables with a prefix that is the program's alone which are none of its options.</summary>
    /// <param name="variables">The names of all variables.</param>
    /// <param name="names">What the program calls its options.</param>
    /// <param name="options">The program's options.</param>
    public static IEnumerable<string> Unknown(IEnumerable<string> variables, OptionNames names, IEnumerable<string> options)
    {
        ArgumentNullException.ThrowIfNull(names);
        var known = options.Select(names.Variable).ToList();
        return Strangers(variables, names, known).Select(name => Nearest.To(Bare(name), known) is { } meant
            ? $"The environment variable {name} is no option; did you mean {meant}?"
            : $"The environment variable {name} is no option");
    }

    /// <summary>
    /// The variables that are nearly an option: where others have variables with the same prefix (another program of ours, a file that reads
    /// <c>${env.…}</c>), one that is unknown is a mistake only if it looks like one.
    /// </summary>
    /// <param name="variables">The names of all variables.</param>
    /// <param name="names">What the program calls its options.</param>
    /// <param name="options">The program's options.</param>
    public static IEnumerable<string> Misspelt(IEnumerable<string> variables, OptionNames names, IEnumerable<string> options)
    {
        ArgumentNullException.ThrowIfNull(names);
        var known = options.Select(names.Variable).ToList();
        foreach (var name in Strangers(variables, names, known))
        {
            var most = Bare(name).Length - names.Prefix.Length < LongName ? 1 : 2;
            if (Nearest.To(Bare(name), known, most) is { } meant)
            {
                yield return $"The environment variable {name} is no option; did you mean {meant}?";
            }
        }
    }

    private static IEnumerable<string> Strangers(IEnumerable<string> variables, OptionNames names, List<string> known) => variables
        .Where(name => name.StartsWith(names.Prefix, StringComparison.Ordinal) && !known.Contains(name) && !known.Contains(Bare(name)))
        .Order(StringComparer.Ordinal);

    private static string Bare(string name) =>
        name.EndsWith(OptionNames.FileSuffix, StringComparison.Ordinal) ? name[..^OptionNames.FileSuffix.Length] : name;
}
