using System.Text.Json;

namespace IotMqtt.Testing.Containers;

/// <summary>How a program went that ran in a container.</summary>
/// <param name="ExitCode">The exit code of <c>iotmqtt run</c>: 0 all succeeded, 1 a step failed, 2 the input is not valid, 3 no broker, 4 devices are missing, 5 unanswered.</param>
/// <param name="Report">The report, as <c>--output json</c> has it; undefined where the program did not run.</param>
/// <param name="Error">What was said on stderr.</param>
public sealed record ContainerRun(int ExitCode, JsonElement Report, string Error)
{
    /// <summary>Whether all succeeded, but for what was caught or tolerated.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>Returns where the run succeeded.</summary>
    /// <exception cref="ContainerRunException">It did not: the exit code, what was said, and the errors of the report.</exception>
    public ContainerRun ShouldSucceed() => Succeeded ? this : throw new ContainerRunException($"The program ended with exit code {ExitCode}.{Environment.NewLine}{Error}{Errors()}");

    private string Errors() => Report.ValueKind == JsonValueKind.Object && Report.TryGetProperty("errors", out var errors) ? errors.ToString() : "";
}
