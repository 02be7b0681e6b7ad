using IotMqtt.Orchestrator.Terminal;
using IotMqtt.Runner.Registry;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>A program about to run, and who is told of it.</summary>
/// <param name="Inputs">The program, its fleet, its parameters.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Recorder">Keeps what happens.</param>
/// <param name="View">Shows it.</param>
/// <param name="Abandon">Cancelled where nothing is waited for any more.</param>
internal sealed record WatchedRun(RunInputs Inputs, ulong Seed, RunRecorder Recorder, IRunView View, CancellationToken Abandon)
{
    /// <summary>Tells the view that the devices are registered.</summary>
    public void Began(Registration registration) =>
        View.Began(new RegistrationReport(registration.Devices, registration.Elapsed.TotalMilliseconds), Recorder);
}
