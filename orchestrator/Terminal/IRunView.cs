using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Orchestrator.Terminal;

/// <summary>What somebody sees of a run. Each call may come from another thread, one at a time.</summary>
internal interface IRunView : IAsyncDisposable
{
    /// <summary>Where log lines go that are written while the run is shown.</summary>
    ITextOutput Log { get; }

    /// <summary>The devices are registered; the program begins.</summary>
    void Began(RegistrationReport registration, RunRecorder recorder);

    /// <summary>A node has ended. Called by the run's thread: to note and return.</summary>
    void Ended(RecordedNode node);

    /// <summary>A <c>log</c> node said something.</summary>
    void Said(TimeSpan at, string words);

    /// <summary>The run is being interrupted: what is in flight is cancelled and awaited.</summary>
    void Interrupting(string words);

    /// <summary>The run is over.</summary>
    ValueTask EndedAsync(RunReport report);
}
