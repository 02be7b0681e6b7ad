using IotMqtt.Models.Reading;

namespace IotMqtt.Orchestrator.Cli.Validating;

/// <summary>The files that a command line names: a file is itself, a folder all that is in it and below it and is of a kind that is wanted.</summary>
internal static class FileFinder
{
    private static readonly string[] Extensions = [".yaml", ".yml"];

    /// <summary>Finds them, those of a folder in the order of their names.</summary>
    /// <param name="paths">Files and folders, as the user wrote them.</param>
    /// <param name="isWanted">Whether a file of a folder is; null: what it is cannot be told.</param>
    /// <param name="what">What is looked for: <c>program</c>.</param>
    /// <exception cref="CliException">A folder has none, or cannot be read.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths, Func<FileKind, bool> isWanted, string what)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                files.Add(path);
                continue;
            }

            var found = In(path).Where(file => IsOfKind(file, isWanted)).ToList();
            if (found.Count == 0)
            {
                throw new CliException(ExitCodes.InvalidInput, $"there is no {what} in {path}");
            }

            files.AddRange(found);
        }

        return [.. files.DistinctBy(Path.GetFullPath, StringComparer.Ordinal)];
    }

    private static List<string> In(string folder)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.InvalidInput, $"{folder} cannot be read: {exception.Message.TrimEnd('.')}");
        }
    }

    /// <summary>A file of which nothing can be read is wanted, so that it is said what is wrong with it; one that is something else is not.</summary>
    private static bool IsOfKind(string file, Func<FileKind, bool> isWanted)
    {
        var errors = new DiagnosticBag();
        return YamlFile.ReadPart(file, errors) is { } document && FileKinds.Of(document, exactly: true) is { } kind ? isWanted(kind) : errors.HasErrors;
    }
}
