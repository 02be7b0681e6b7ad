namespace IotMqtt.Hosting.Options;

/// <summary>One option of a program whose options make up one record.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="Name">As on the command line, without the dashes: <c>max-packet-size</c>.</param>
/// <param name="Expected">What its value looks like: <c>a size such as 64KiB</c>.</param>
/// <param name="Help">What it is, with its default.</param>
/// <param name="Apply">Sets it; null where the value is not valid.</param>
public sealed record Setting<T>(string Name, string Expected, string Help, Func<T, string, T?> Apply)
    where T : class
{
    /// <summary>Whether its value is not repeated in messages: it is a password, or may hold one.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Names that it once had; they are taken, with a word.</summary>
    public IReadOnlyList<string> OldNames { get; init; } = [];

    /// <summary>What stands for its value in the help: <c>FILE</c>.</summary>
    public string ValueName { get; init; } = "VALUE";
}
