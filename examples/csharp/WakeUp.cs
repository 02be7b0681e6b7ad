using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Runner.Running;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Examples;

/// <summary>wake-up.yaml in C#. A test compiles and runs it; the README shows it.</summary>
public static class WakeUp
{
    /// <summary>Runs it; the result says how it went.</summary>
    public static async Task<ProgramResult> RunAsync(string fleetFile, CancellationToken cancellationToken)
    {
        var program = DeviceProgram.Create(
            "wake-up",
            Parallel(
                Do("bedroom-light.switch-on"),
                Sequence(
                    Do("speaker.switch-on"),
                    Do("speaker.play", new { song = "Never Gonna Give You Up" }))));

        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = FleetFile.Load(fleetFile) }, cancellationToken);
        return await runner.RunAsync(program, cancellationToken);
    }
}
