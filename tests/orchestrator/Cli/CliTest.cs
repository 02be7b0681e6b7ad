using IotMqtt.Orchestrator.Cli;

namespace IotMqtt.Orchestrator.Tests.Cli;

/// <summary>A command line in this process, in a folder of its own, with an environment of its own.</summary>
public abstract class CliTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotmqtt-cli-");

    internal Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    internal Interrupts Interrupts { get; } = new();

    public string Folder => _folder.FullName;

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    internal string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The home of the examples: a light, a speaker, a toilet.</summary>
    internal string WriteHome() => Write("home.yaml",
        """
        fleet: home
        devices:
          - { id: bedroom-light, model: hue-light }
          - { id: speaker, model: smart-speaker }
          - { id: toilet, model: smart-toilet }
        """);

    /// <summary>A program for that home.</summary>
    internal string WriteProgram(string steps, string name = "wake-up")
    {
        WriteHome();
        return Write($"{name}.yaml", $"program: {name}\nfleet: home.yaml\nsteps:\n{steps}\n");
    }

    internal string WriteWakeUp() => WriteProgram(
        """
          - parallel:
              - bedroom-light.switch-on
              - sequence:
                  - speaker.switch-on
                  - do: speaker.play
                    with: { song: "Never Gonna Give You Up" }
        """);

    internal string WriteEverythingAtOnce() => WriteProgram(
        """
          - parallel:
              - bedroom-light.switch-on
              - speaker.switch-on
              - do: speaker.play
                with: { song: "Never Gonna Give You Up" }
        """, "everything-at-once");

    internal async Task<CliResult> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var context = new CliContext
        {
            Output = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(error),
            Environment = Environment.GetValueOrDefault,
            Variables = Environment.Keys,
            Folder = Folder,
            Interrupts = Interrupts,
        };
        var code = await CliProgram.RunAsync(arguments, context, TestContext.Current.CancellationToken);
        return new CliResult(code, output.ToString().Replace(Folder + "/", "", StringComparison.Ordinal), error.ToString().Replace(Folder + "/", "", StringComparison.Ordinal));
    }
}

/// <summary>What a command line left behind; the test's folder is left out of its texts.</summary>
internal sealed record CliResult(int Code, string Output, string Error);

/// <summary>Somebody who can press Ctrl-C.</summary>
internal sealed class Interrupts : IInterrupts
{
    private Action<int>? _interrupted;
    private int _count;

    public bool IsListening => _interrupted is not null;

    public IDisposable Register(Action<int> interrupted)
    {
        _interrupted += interrupted;
        return new Registration(() => _interrupted -= interrupted);
    }

    public void Press() => _interrupted?.Invoke(++_count);

    private sealed class Registration(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
