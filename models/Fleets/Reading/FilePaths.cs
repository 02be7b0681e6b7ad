namespace IotMqtt.Models.Fleets.Reading;

/// <summary>Paths as files name each other.</summary>
internal static class FilePaths
{
    /// <summary>A path that a file names, relative to the folder of that file: as short as the user wrote both.</summary>
    public static string Resolve(string file, string relative) =>
        Path.Combine(Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : ".", relative) is var path && path.StartsWith("./", StringComparison.Ordinal)
            ? path[2..]
            : path;
}
