using System.Globalization;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports;

namespace IotMqtt.Orchestrator.Terminal;

/// <summary>The first line of a run.</summary>
/// <param name="Program">The program's name.</param>
/// <param name="World">Where it runs, for people: <c>embedded broker</c>, <c>mqtt://host:1883</c>, <c>dry run</c>.</param>
/// <param name="Seed">Its seed; null: not worth mentioning.</param>
internal sealed record RunTitle(string Program, string World, ulong? Seed)
{
    /// <summary><c>wake-up: waiting for its devices (embedded broker)</c>.</summary>
    public TextLine Waiting() => new(new(Program, Tone.Strong), new($": waiting for its devices ({World})", Tone.Soft));

    /// <summary><c>wake-up: 3 devices registered in 41 ms on the embedded broker</c>.</summary>
    public TextLine Line(RegistrationReport registration)
    {
        var devices = registration.Devices == 1 ? "1 device" : string.Create(CultureInfo.InvariantCulture, $"{registration.Devices:N0} devices");
        var seed = Seed is null ? "" : string.Create(CultureInfo.InvariantCulture, $", seed {Seed}");
        return new(new(Program, Tone.Strong), new($": {devices} registered in {Durations.Short(registration.ElapsedMs)} ({World}{seed})", Tone.Soft));
    }
}
