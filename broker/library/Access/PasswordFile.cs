namespace IotMqtt.Broker.Access;

/// <summary>A file of users in the format of <c>mosquitto_passwd</c>: a line <c>user:hash</c> each; empty lines and those that begin with # do not count.</summary>
internal static class PasswordFile
{
    /// <returns>The users, and everything that is wrong, with its line.</returns>
    public static (Dictionary<string, PasswordHash> Users, List<string> Errors) Parse(string file, IEnumerable<string> lines)
    {
        var (users, errors) = (new Dictionary<string, PasswordHash>(StringComparer.Ordinal), new List<string>());
        foreach (var (number, text) in lines.Index())
        {
            var line = text.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var colon = line.IndexOf(':');
            if (colon <= 0)
            {
                errors.Add($"{file}:{number + 1}: this is no line user:hash.");
            }
            else if (!PasswordHash.TryParse(line[(colon + 1)..], out var hash, out var error))
            {
                errors.Add($"{file}:{number + 1}: {line[..colon]}: {error}.");
            }
            else if (!users.TryAdd(line[..colon], hash))
            {
                errors.Add($"{file}:{number + 1}: {line[..colon]} is there twice.");
            }
        }

        return (users, errors);
    }

    /// <summary>Adds a user to a file or changes the password of one; makes the file where there is none.</summary>
    public static async Task SetAsync(string file, string user, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        var lines = File.Exists(file) ? await File.ReadAllLinesAsync(file, cancellationToken) : [];
        var line = $"{user}:{PasswordHash.Create(password.Span)}";
        var others = lines.Where(other => !other.StartsWith(user + ":", StringComparison.Ordinal));

        // Moved into place: a broker that reads it just now reads all of it.
        var temporary = file + ".new";
        await File.WriteAllLinesAsync(temporary, [.. others, line], cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, File.Exists(file) ? File.GetUnixFileMode(file) : UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Move(temporary, file, overwrite: true);
    }
}
