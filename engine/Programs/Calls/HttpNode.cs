using System.Collections.Immutable;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Programs;

/// <summary>One HTTP request to the system under test. Its result is <c>{ status, headers, body }</c>.</summary>
/// <param name="Method">The method: <c>GET</c>, <c>POST</c>, …</param>
/// <param name="Url">Where to.</param>
public sealed record HttpNode(string Method, ValueTemplate Url) : ActingNode
{
    /// <summary>The headers, by name.</summary>
    public ImmutableArray<KeyValuePair<string, ValueTemplate>> Headers { get; init; } = [];

    /// <summary>What it carries; null: nothing.</summary>
    public PayloadTemplate? Body { get; init; }

    /// <summary>The statuses that it succeeds with; empty: any from 200 to 299.</summary>
    public ImmutableArray<int> Statuses { get; init; } = [];

    /// <summary>A condition over <c>value</c>, the body of the answer, and <c>status</c>; null: any answer.</summary>
    public Expression? Where { get; init; }
}
