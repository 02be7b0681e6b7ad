using Xunit;

namespace IotMqtt.Testing;

/// <summary>A program that we did not write and that a test runs. Where it is missing the test is skipped and says why; in CI it fails.</summary>
public static class Tool
{
    /// <summary>Where it is.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="package">The Debian package that has it.</param>
    public static string Find(string program, string package)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Append("/usr/sbin");
        var found = folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        if (found is null && !IsRequired())
        {
            Assert.Skip($"{program} is not installed (apt-get install {package}).");
        }

        return found ?? throw new FileNotFoundException($"{program} is not installed (apt-get install {package}), and nothing is skipped here.");
    }

    private static bool IsRequired() =>
        Environment.GetEnvironmentVariable("CI") == "true" || Environment.GetEnvironmentVariable("IOTMQTT_REQUIRE_DOCKER") == "1";
}
