using System.Collections.Immutable;
using IotMqtt.Engine.Programs.Building;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs;

public sealed partial record DeviceProgram
{
    /// <summary>A program in C#.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="steps">Its steps, made with <see cref="Programs.Steps"/>.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public static DeviceProgram Create(string name, params ReadOnlySpan<Node> steps) =>
        TargetResolver.Resolve(new() { Name = Texts.Name(name), Steps = Body.Of(steps) });

    /// <summary>Gives it a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="fallback">What it is where it is not given; null: it must be given.</param>
    public DeviceProgram WithParameter(string name, DataType type, object? fallback = null) =>
        this with { Parameters = Parameters.Add(new(Texts.Name(name), type, fallback is null ? null : Literals.Constant(fallback))) };

    /// <summary>Says what a program that runs it gets.</summary>
    public DeviceProgram WithResult(object result) => this with { Result = Literals.Of(result) };

    /// <summary>Looks out for messages as long as its steps are carried out.</summary>
    /// <param name="expect">What must have been seen by the end.</param>
    /// <param name="never">What must not be seen.</param>
    /// <param name="gapless">Messages that are numbered, made with <see cref="Programs.Steps.Gapless"/>: none may be missing, come twice or out of order.</param>
    public DeviceProgram WithMonitors(
        ImmutableArray<MatchSpec>? expect = null, ImmutableArray<MatchSpec>? never = null, ImmutableArray<MatchSpec>? gapless = null) => this with
        {
            Monitors = new MonitorNode
            {
                Expect = [.. (expect ?? []).Select(Whole)],
                Never = [.. (never ?? []).Concat(gapless ?? []).Select(Whole)],
            },
        };

    private static Expectation Whole(MatchSpec match) => new(SourcePosition.None, match, null, FromDone: false, 1);

    /// <summary>Limits the time of all its steps.</summary>
    public DeviceProgram WithTimeout(TimeSpan timeout) => this with { Steps = Steps.WithTimeout(timeout) };

    /// <summary>Does something when its steps have failed; where that succeeds, it has succeeded.</summary>
    public DeviceProgram Catch(params ReadOnlySpan<Node> steps) => TargetResolver.Resolve(this with { Steps = Steps.Catch(steps) });

    /// <summary>Does something at the end in any case.</summary>
    public DeviceProgram Finally(params ReadOnlySpan<Node> steps) => TargetResolver.Resolve(this with { Steps = Steps.Finally(steps) });
}
