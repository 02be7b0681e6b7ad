using System.Diagnostics;

namespace IotMqtt.Containers.Tests;

/// <summary>The Docker engine of this machine, through its own client.</summary>
internal static class DockerEngine
{
    private static readonly Lazy<Task<string?>> Missing = new(AskAsync);

    /// <summary>Skips the test, and says why, where there is no engine; fails where one is required (<c>IOTMQTT_REQUIRE_DOCKER=1</c>).</summary>
    public static async Task RequireAsync()
    {
        if (await WhyNotAsync() is { } reason)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("IOTMQTT_REQUIRE_DOCKER") != "1", reason);
            Assert.Fail(reason);
        }
    }

    /// <summary>Why no container can be started here; null where one can.</summary>
    public static Task<string?> WhyNotAsync() => Missing.Value;

    /// <summary>Runs the client and requires it to succeed.</summary>
    public static async Task<string> MustAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"docker {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Output}\n{result.Error}");
    }

    /// <summary>Runs the client in the checkout.</summary>
    public static async Task<DockerResult> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("docker", arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    private static async Task<string?> AskAsync()
    {
        try
        {
            var result = await RunAsync("info", "--format", "{{.ServerVersion}}");
            return result.ExitCode == 0 ? null : "No Docker engine answers: " + result.Error.Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "No Docker client is installed";
        }
    }
}

/// <summary>What the Docker client came to.</summary>
internal sealed record DockerResult(int ExitCode, string Output, string Error);
