using System.Collections.Immutable;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Expressions;

/// <summary>A name in an expression, with its place.</summary>
/// <param name="Name">The name.</param>
/// <param name="At">Where it was written.</param>
internal readonly record struct NameUse(string Name, SourcePosition At);

/// <summary>A chain such as <c>toilet.state.bowl</c> or <c>device('toilet').state.bowl</c>, as far as it can be told without evaluating.</summary>
/// <param name="Root">The name that it begins with, or the id of the device.</param>
/// <param name="IsDevice">Whether it begins with <c>device('…')</c>.</param>
/// <param name="Members">The members after it, in order.</param>
internal sealed record MemberPath(NameUse Root, bool IsDevice, ImmutableArray<NameUse> Members);
