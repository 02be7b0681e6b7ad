using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.StandIns;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;
using IotMqtt.Runner.Running;
using IotMqtt.Testing.Virtual;

namespace IotMqtt.Testing;

/// <summary>
/// A lab in virtual time, for tests where all is ours: no broker, no network, no waiting. A program of an hour takes milliseconds, and equal seeds
/// give equal runs, down to the times. Each run begins with devices that have just started. One thread at a time.
/// <code>
/// var lab = new VirtualLab("fleets/home.yaml");
/// lab.Run("programs/wake-up.yaml").ShouldSucceed();
/// </code>
/// </summary>
public sealed class VirtualLab : IDisposable
{
    private readonly FleetDefinition _fleet;
    private readonly IotLabOptions _options;
    private readonly List<RunRecorder> _records = [];

    /// <summary>A lab with a fleet.</summary>
    /// <param name="fleetFile">The fleet's file.</param>
    /// <param name="options">Its seed, models, output and root topic; null: the defaults. It has no broker.</param>
    /// <exception cref="InvalidFileException">The fleet is not valid: everything that is wrong, with file, line and column.</exception>
    public VirtualLab(string fleetFile, IotLabOptions? options = null)
        : this(FleetFile.Load(fleetFile, (options ?? new()).FleetOptions), options)
    {
    }

    /// <summary>A lab with a fleet.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="options">Its seed, models, output and root topic; null: the defaults. It has no broker.</param>
    public VirtualLab(FleetDefinition fleet, IotLabOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        (_fleet, _options) = (fleet, options ?? new IotLabOptions());
        if (_options.Broker is not null)
        {
            throw new ArgumentException("a lab in virtual time has no broker: use an IotLab", nameof(options));
        }

        Talk = new VirtualTalk(_options.Output);
    }

    /// <summary>Everything that devices sent and received in the last run, oldest first.</summary>
    public IReadOnlyList<LabMessage> Messages => Talk.All;

    internal VirtualTalk Talk { get; private set; }

    internal List<(string Device, StandInRule Rule)> Rules { get; } = [];

    /// <summary>A device of the fleet.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="ArgumentException">The fleet has no such device.</exception>
    public VirtualLabDevice Device(string id) => _fleet.Find(id) is null
        ? throw new ArgumentException($"The fleet {_fleet.Name} has no device '{id}'.", nameof(id))
        : new VirtualLabDevice(id, this);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="programFile">The program's file; the fleet that it names is not looked at, the lab's is.</param>
    /// <param name="set">Its parameters that differ from their defaults, as <c>--set</c> has them.</param>
    /// <exception cref="InvalidFileException">The program is not valid, or does not fit the fleet: everything that is wrong, with file, line and column.</exception>
    public LabRun Run(string programFile, IReadOnlyDictionary<string, string>? set = null)
    {
        var diagnostics = new DiagnosticBag();
        var options = new ProgramLoadOptions { Path = programFile, Fleet = _fleet, Set = [.. set ?? new Dictionary<string, string>()], Seed = _options.Seed };
        var loaded = ProgramLoader.Load(options, diagnostics) ?? throw new InvalidFileException([.. diagnostics]);
        return Run(loaded.Program, programFile, new ProgramRunOptions { Parameters = loaded.Inputs.Parameters });
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="options">How it goes; null: the defaults.</param>
    /// <exception cref="LabException">The program does not fit the fleet.</exception>
    public LabRun Run(DeviceProgram program, ProgramRunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Run(program, null, options ?? new ProgramRunOptions());
    }

    /// <summary>Runs one step, which may be a <c>Sequence</c> or a <c>Parallel</c>, to its end.</summary>
    /// <param name="step">The step, such as <c>Do("speaker.switch-on")</c>.</param>
    /// <exception cref="LabException">As of a program.</exception>
    public LabRun Run(Node step) => Run(DeviceProgram.Create("steps", step), null, new ProgramRunOptions());

    /// <inheritdoc/>
    public void Dispose() => _records.ForEach(record => record.Dispose());

    private LabRun Run(DeviceProgram program, string? file, ProgramRunOptions options)
    {
        var recorder = new RunRecorder();
        _records.Add(recorder);
        Talk = new VirtualTalk(_options.Output);
        options = options with { Observers = options.Observers.Add(recorder), World = (Rules, Talk), Root = _options.Root ?? options.Root };
        try
        {
            var result = ProgramRunner.DryRun(program, _fleet, options, _options.Seed);
            var header = new RunHeader
            {
                Run = result.Run,
                Program = result.Program,
                File = file,
                World = "dry-run",
                Seed = result.Seed,
                Registration = new RegistrationReport(result.Registration.Devices, 0),
            };
            return new LabRun(recorder.Report(header, result.Verdict, NodeLabels.Of(program)), [.. Talk.All]);
        }
        catch (OrchestratorException exception)
        {
            throw new LabException($"{program.Name} could not run: {exception.Message}");
        }
    }
}
