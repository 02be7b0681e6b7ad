namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>Tells of changes of certain files. Their folders are watched, not they themselves: editors put a new file in the place of the old.</summary>
internal sealed class FileWatch(Action<string> changed) : IDisposable
{
    private readonly Dictionary<string, FileSystemWatcher> _folders = new(StringComparer.Ordinal);
    private volatile HashSet<string> _files = [];

    /// <summary>Watches these files from now on, whether they are there or not; a folder that is not there cannot be watched.</summary>
    /// <param name="files">Their full paths.</param>
    public void Watch(IEnumerable<string> files)
    {
        _files = files.ToHashSet(StringComparer.Ordinal);
        foreach (var folder in _files.Select(file => Path.GetDirectoryName(file) ?? "/").Distinct(StringComparer.Ordinal).Where(Directory.Exists))
        {
            if (!_folders.ContainsKey(folder))
            {
                _folders.Add(folder, Open(folder));
            }
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _folders.Values)
        {
            watcher.Dispose();
        }
    }

    private FileSystemWatcher Open(string folder)
    {
        var watcher = new FileSystemWatcher(folder);
        watcher.Changed += (_, change) => Tell(change);
        watcher.Created += (_, change) => Tell(change);
        watcher.Renamed += (_, change) => Tell(change);
        watcher.Deleted += (_, change) => Tell(change);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private void Tell(FileSystemEventArgs change)
    {
        if (_files.Contains(change.FullPath))
        {
            changed(Path.GetFileName(change.FullPath));
        }
    }
}
