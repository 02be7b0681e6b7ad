using System.Diagnostics;
using IotMqtt.Containers.Tests.Images;

namespace IotMqtt.Containers.Tests;

/// <summary>The image that has all in one, as the README starts it: programs and reports in a mounted folder that belongs to the caller.</summary>
public sealed class AllInOneTests : IAsyncLifetime
{
    private const string Owner = "4321";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotmqtt-all-in-one-");

    public async ValueTask InitializeAsync()
    {
        await DockerEngine.RequireAsync();
        foreach (var file in (string[])["programs/wake-up.yaml", "programs/everything-at-once.yaml", "fleets/home.yaml"])
        {
            var target = Path.Combine(_folder.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Root, "examples", file), target);
        }

        // Where tests run as root, the caller is somebody else nevertheless: what root may write says nothing.
        await ToolAsync("chown", "-R", Environment.IsPrivilegedProcess ? Owner : await ToolAsync("id", "-u"), _folder.FullName);
    }

    [Fact]
    public async Task A_program_runs_from_the_mounted_folder_and_its_reports_belong_to_the_caller()
    {
        var result = await RunAsync([], "run", "/w/programs/wake-up.yaml", "--report", "junit=reports/run.xml");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains("✓ wake-up succeeded", result.Output, StringComparison.Ordinal);
        Assert.Equal(await OwnerAsync(_folder.FullName), await OwnerAsync(Path.Combine(_folder.FullName, "reports", "run.xml")));
    }

    [Fact]
    public async Task It_is_who_it_is_told_to_be_and_needs_no_file_system_of_its_own()
    {
        var result = await RunAsync(["--read-only", "--user", $"{await OwnerAsync(_folder.FullName)}:0"], "run", "programs", "--report", "junit=run.xml");

        // The verdict is the exit code, in a container as elsewhere.
        Assert.True(result.ExitCode == 1, result.Output + result.Error);
        Assert.Contains("1 of 2 programs succeeded", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "run.xml")));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static Task<string> OwnerAsync(string path) => ToolAsync("stat", "-c", "%u", path);

    private static async Task<string> ToolAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private Task<DockerResult> RunAsync(string[] options, params string[] arguments) =>
        DockerEngine.RunAsync(["run", "--rm", "-v", $"{_folder.FullName}:/w", .. options, ProjectImages.AllInOne, .. arguments]);
}
