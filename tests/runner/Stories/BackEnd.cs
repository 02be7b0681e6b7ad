using System.Diagnostics;
using IotMqtt.Testing;

namespace IotMqtt.Runner.Tests.Stories;

/// <summary>A back end of examples/cases: a small program of another stack, with one of its bugs switched on or none.</summary>
internal sealed class BackEnd : IAsyncDisposable
{
    private const string Ready = "ready on ";

    private static readonly Lazy<Task> Installed = new(InstallAsync);
    private readonly Process _process;

    private BackEnd(Process process, string url) => (_process, Url) = (process, url);

    /// <summary>Where its HTTP API is.</summary>
    public string Url { get; }

    private static string Folder { get; } = Path.Combine(Root(), "examples", "cases", "back-ends");

    /// <summary>Starts it, and returns when it listens to the broker and answers HTTP.</summary>
    public static async Task<BackEnd> StartAsync(string program, Uri broker, string? bug, CancellationToken cancellationToken)
    {
        await Installed.Value.WaitAsync(cancellationToken);
        var process = Start(Tool.Find("node", "nodejs"), [$"{program}.mjs"], ("BROKER", broker.ToString().TrimEnd('/')), ("PORT", "0"), ("BUG", bug ?? ""));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        while (await process.StandardOutput.ReadLineAsync(giveUp.Token) is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                return new BackEnd(process, line[Ready.Length..]);
            }
        }

        throw new InvalidOperationException($"{program} ended: {await process.StandardError.ReadToEndAsync(cancellationToken)}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>.ci/run has installed what it needs; on other machines the first test does.</summary>
    private static async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "mqtt")))
        {
            return;
        }

        using var npm = Start(Tool.Find("npm", "npm"), ["ci"]);
        var (output, error) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();
        Assert.True(npm.ExitCode == 0, $"npm ci failed: {await output}{await error}");
    }

    private static Process Start(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "IotMqtt.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run within a clone of the repository.");
        }

        return folder.FullName;
    }
}
