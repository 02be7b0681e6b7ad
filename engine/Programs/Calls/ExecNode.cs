using System.Collections.Immutable;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Programs;

/// <summary>One program of the operating system, without a shell. Its result is <c>{ exit, output, error }</c>.</summary>
/// <param name="Command">The program and its arguments.</param>
public sealed record ExecNode(ImmutableArray<ValueTemplate> Command) : ActingNode
{
    /// <summary>The folder that it runs in; null: that of this process.</summary>
    public ValueTemplate? Directory { get; init; }

    /// <summary>Environment variables beside those of this process.</summary>
    public ImmutableArray<KeyValuePair<string, ValueTemplate>> Environment { get; init; } = [];

    /// <summary>What it reads from its standard input; null: nothing.</summary>
    public PayloadTemplate? Input { get; init; }

    /// <summary>The exit codes that it succeeds with; empty: 0.</summary>
    public ImmutableArray<int> Exits { get; init; } = [];

    /// <summary>A condition over <c>value</c>, what it wrote, and <c>exit</c>; null: any.</summary>
    public Expression? Where { get; init; }
}
