using System.Collections.Immutable;
using Acornima.Ast;
using Jint;

namespace IotMqtt.Models.Expressions.Scripts;

/// <summary>An expression as a function of its names, parsed for Jint once and shared by all engines.</summary>
internal sealed class ExpressionScript
{
    private ExpressionScript(Prepared<Script> prepared) => Prepared = prepared;

    public Prepared<Script> Prepared { get; }

    public static ExpressionScript Prepare(string source, ImmutableArray<NameUse> names) =>
        new(Engine.PrepareScript($"(function({string.Join(",", names.Select(use => use.Name))}){{return(\n{source}\n);}})", strict: true));
}
