using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Html;
using IotMqtt.Testing.Failures;

namespace IotMqtt.Testing;

/// <summary>How a program went in a lab.</summary>
public sealed class LabRun
{
    internal LabRun(RunReport report, IReadOnlyList<LabMessage> messages) => (Report, Messages) = (report, messages);

    /// <summary>Everything that is known of it, with its verdict; to be read while the lab is there.</summary>
    public RunReport Report { get; }

    /// <summary>What crossed the lab while it ran, oldest first.</summary>
    public IReadOnlyList<LabMessage> Messages { get; }

    /// <summary>Whether all succeeded, but for what was caught or tolerated.</summary>
    public bool Succeeded => Report.ExitCode == 0;

    /// <summary>Returns where the run succeeded.</summary>
    /// <exception cref="LabException">It did not: what failed and where, the timeline of the steps, and the messages at the end.</exception>
    public LabRun ShouldSucceed() => Succeeded ? this : throw new LabException(FailureText.Of(this));

    /// <summary>Returns where the run did not succeed and said so.</summary>
    /// <param name="because">What one of its errors must say; null: anything.</param>
    /// <exception cref="LabException">It succeeded, or failed of something else.</exception>
    public LabRun ShouldFail(string? because = null)
    {
        if (Succeeded)
        {
            throw new LabException($"{Report.Program} succeeded, and was expected not to.");
        }

        return because is null || Report.Errors.Any(error => error.ToString().Contains(because, StringComparison.Ordinal))
            ? this
            : throw new LabException($"{Report.Program} was expected to fail of \"{because}\".{Environment.NewLine}{FailureText.Of(this)}");
    }

    /// <summary>Writes the run as one HTML page with its timeline.</summary>
    /// <param name="path">The file; it is overwritten.</param>
    public void WriteHtml(string path)
    {
        using var file = File.Create(path);
        new HtmlReport().Write(Report, file);
    }
}
