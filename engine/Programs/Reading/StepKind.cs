using System.Collections.Immutable;
using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>One kind of step: the key that names it, its other keys, and how it is read. <see cref="StepKinds"/> lists them all.</summary>
/// <param name="name">The key that names it.</param>
/// <param name="shape">What that key takes.</param>
/// <param name="about">What the step does, one sentence: editors show it.</param>
/// <param name="keys">Its other keys, without those that every step has.</param>
internal abstract class StepKind(string name, string shape, string about, params ReadOnlySpan<Key> keys)
{
    /// <summary>The key that names it.</summary>
    public string Name { get; } = name;

    /// <summary>All its keys, the options of every step included.</summary>
    public KeyTable Keys { get; private set; } = new([new(name, shape, about, Required: true), .. keys, .. StepOptions.Keys]);

    /// <summary>Whether it acts on the world, and so takes <c>expect</c> and <c>never</c>.</summary>
    public bool Acts
    {
        get;
        protected init
        {
            field = value;
            Keys = value ? new([.. Keys.All, .. ExpectationReader.Keys]) : Keys;
        }
    }

    /// <summary>Reads the step.</summary>
    /// <param name="value">What its key holds.</param>
    /// <param name="step">All its keys; those that are unknown or missing have been noted already.</param>
    /// <param name="reader">Reads what is in it.</param>
    /// <returns>Null, with an error, where there is nothing left to go on with.</returns>
    public abstract Node? Read(YamlNode value, MapReader step, StepReader reader);

    /// <summary>The names of the kinds, for messages and suggestions.</summary>
    public static ImmutableArray<string> NamesOf(IEnumerable<StepKind> kinds) => [.. kinds.Select(kind => kind.Name)];
}
