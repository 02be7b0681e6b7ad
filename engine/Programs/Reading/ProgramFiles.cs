namespace IotMqtt.Engine.Programs.Reading;

/// <summary>The files of one reading: each is read once, however often it is run.</summary>
internal sealed class ProgramFiles
{
    private readonly Dictionary<string, DeviceProgram?> _read = new(StringComparer.Ordinal);

    /// <summary>The program of a file, read when it is first asked for.</summary>
    public DeviceProgram? Read(string fullPath, Func<DeviceProgram?> read)
    {
        if (!_read.TryGetValue(fullPath, out var program))
        {
            program = read();
            _read[fullPath] = program;
        }

        return program;
    }

    /// <summary>A path for people: relative where they wrote relative paths.</summary>
    public static string Display(string path, string like)
    {
        var full = Path.GetFullPath(path);
        return Path.IsPathRooted(like) ? full : Path.GetRelativePath(Directory.GetCurrentDirectory(), full);
    }

    /// <summary>The file that somebody meant who named one that is not there.</summary>
    public static string? Suggest(string fullPath)
    {
        var folder = Path.GetDirectoryName(fullPath)!;
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var names = Directory.EnumerateFiles(folder, "*.yaml").Take(1000).Select(file => Path.GetFileName(file));
        return Models.Reading.Suggest.Closest(Path.GetFileName(fullPath), names) is { } closest ? $"did you mean \"{closest}\"?" : null;
    }
}
