using IotMqtt.Models.Reading;

namespace IotMqtt.Orchestrator.Cli.Validating;

/// <summary>What a file may be.</summary>
internal enum FileKind
{
    /// <summary>A program.</summary>
    Program,

    /// <summary>A fleet.</summary>
    Fleet,

    /// <summary>A model.</summary>
    Model,
}

/// <summary>Tells what a file is from the keys at its top, also where some are missing or misspelt.</summary>
internal static class FileKinds
{
    // In this order: a program names its fleet, a fleet its models.
    private static readonly (string Key, FileKind Kind)[] Telling =
    [
        ("program", FileKind.Program), ("steps", FileKind.Program),
        ("devices", FileKind.Fleet), ("models", FileKind.Fleet), ("fleet", FileKind.Fleet),
        ("model", FileKind.Model), ("properties", FileKind.Model), ("commands", FileKind.Model), ("telemetry", FileKind.Model), ("events", FileKind.Model),
    ];

    /// <summary>What the file is; null where that cannot be told.</summary>
    /// <param name="document">What is in it.</param>
    /// <param name="exactly">Whether a key that is misspelt tells nothing: where nobody said that it is one of ours.</param>
    public static FileKind? Of(YamlNode document, bool exactly = false)
    {
        if (document is not YamlMap map)
        {
            return null;
        }

        foreach (var (key, kind) in Telling)
        {
            if (map.Mentions(key))
            {
                return kind;
            }
        }

        foreach (var entry in exactly ? [] : map.Entries)
        {
            var meant = Suggest.Closest(entry.Key.Text, Telling.Select(known => known.Key));
            if (meant is not null)
            {
                return Telling.First(known => known.Key == meant).Kind;
            }
        }

        return null;
    }
}
