namespace IotMqtt.Testing.Containers;

/// <summary>A folder as the containers have it.</summary>
/// <param name="Path">Where it is here.</param>
internal sealed record MountedFolder(string Path)
{
    /// <summary>Where it is in a container.</summary>
    public const string InContainer = "/iotmqtt/";

    /// <summary>The folder that a file is looked for in.</summary>
    public static MountedFolder Of(string file, string? folder)
    {
        var path = System.IO.Path.GetFullPath(file, folder is null ? Environment.CurrentDirectory : System.IO.Path.GetFullPath(folder));
        return !File.Exists(path) ? throw new FileNotFoundException($"There is no file {path}.", path)
            : new MountedFolder(folder is null ? System.IO.Path.GetDirectoryName(path)! : System.IO.Path.GetFullPath(folder));
    }

    /// <summary>Where a file of it is in a container.</summary>
    /// <exception cref="ArgumentException">It is not in the folder.</exception>
    public string Inside(string file, string? folder)
    {
        var path = System.IO.Path.GetFullPath(file, folder is null ? Environment.CurrentDirectory : System.IO.Path.GetFullPath(folder));
        var relative = System.IO.Path.GetRelativePath(Path, path);
        return relative.StartsWith("..", StringComparison.Ordinal) || System.IO.Path.IsPathRooted(relative)
            ? throw new ArgumentException($"{path} is not in {Path}: name a folder that has both, with {nameof(IotMqttBuilder.WithFolder)}.", nameof(file))
            : InContainer + relative.Replace(System.IO.Path.DirectorySeparatorChar, '/');
    }
}
