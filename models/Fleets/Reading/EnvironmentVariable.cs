namespace IotMqtt.Models.Fleets.Reading;

/// <summary>An environment variable, or the file that <c>…_FILE</c> names: where secrets of containers are.</summary>
internal static class EnvironmentVariable
{
    /// <summary>Its value; null, with what is wrong, where it has none.</summary>
    /// <param name="lookup">The environment.</param>
    /// <param name="name">The variable. Where it is not set, <c>NAME_FILE</c> may name a file with its value; line ends at its end do not count.</param>
    /// <param name="problem">What is wrong.</param>
    public static string? Find(Func<string, string?> lookup, string name, out string? problem)
    {
        problem = null;
        if (lookup(name) is { } value)
        {
            return value;
        }

        if (lookup(name + "_FILE") is not { } file)
        {
            problem = $"the environment variable {name} is not set";
            return null;
        }

        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = $"the file that {name}_FILE names cannot be read: {exception.Message}";
            return null;
        }
    }
}
