using System.Collections.Immutable;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Programs;

/// <summary>A program: what to do with a fleet. The same whether it was read from YAML or built in C#. DESIGN section 7.</summary>
public sealed partial record DeviceProgram
{
    /// <summary>How long a step waits that says nothing, in a program that says nothing: 30 s.</summary>
    public static TimeSpan DefaultStepTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>The fleet file it names, resolved against its own folder; null: none.</summary>
    public string? Fleet { get; init; }

    /// <summary>Where it names its fleet.</summary>
    public SourcePosition FleetAt { get; init; } = SourcePosition.None;

    /// <summary>Where it was written.</summary>
    public SourcePosition At { get; init; } = SourcePosition.None;

    /// <summary>Its parameters.</summary>
    public ImmutableArray<ProgramParameter> Parameters { get; init; } = [];

    /// <summary>How long a step without a timeout of its own waits for its terminal acknowledgement, on top of what its model says that it takes.</summary>
    public TimeSpan StepTimeout { get; init; } = DefaultStepTimeout;

    /// <summary>The steps; the <c>timeout</c>, <c>catch</c> and <c>finally</c> at the top of a program are this node's.</summary>
    public required SequenceNode Steps { get; init; }

    /// <summary>What is looked out for as long as its steps are carried out; null: nothing.</summary>
    public MonitorNode? Monitors { get; init; }

    /// <summary>What a calling program gets as result, over the variables, steps and parameters as they are at the end.</summary>
    public ValueTemplate? Result { get; init; }
}

/// <summary>A parameter of a program, set with <c>--set name=value</c> or <c>with:</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Default">What it is where it is not given; null: it must be given.</param>
public sealed record ProgramParameter(string Name, DataType Type, Value? Default);
