using System.Collections.Immutable;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Schemas;

/// <summary>The keys of one kind of mapping: no other may be there, and the required ones must be.</summary>
internal sealed class KeyTable(params ImmutableArray<Key> keys)
{
    /// <summary>The keys, in the order in which they are shown.</summary>
    public ImmutableArray<Key> All { get; } = keys;

    private readonly string[] _names = [.. keys.Select(key => key.Name)];

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Whether there is a key of that name.</summary>
    public bool Has(string name) => Array.IndexOf(_names, name) >= 0;

    /// <summary>Notes every key of a mapping that is not in the table, and every required key that is not in the mapping.</summary>
    /// <param name="map">The mapping.</param>
    /// <param name="what">What it is, for messages: <c>wait</c>.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <param name="elsewhere">Says where a key that is not in the table belongs; null: it does not know either.</param>
    /// <returns>Whether all required keys are there.</returns>
    public bool Check(YamlMap map, string what, DiagnosticBag diagnostics, Func<string, string?>? elsewhere = null)
    {
        foreach (var entry in map.Entries)
        {
            var name = entry.Key.Text;
            if (!Has(name))
            {
                diagnostics.Error(entry.Key.At, $"{what} has no key \"{name}\"", elsewhere?.Invoke(name) ?? Suggest.For(name, _names));
            }
        }

        var complete = true;
        foreach (var key in All)
        {
            if (key.Required && map.Find(key.Name) is null)
            {
                complete = false;
                if (!map.Mentions(key.Name))
                {
                    diagnostics.Error(map.At, $"{what} needs the key \"{key.Name}\"");
                }
            }
        }

        return complete;
    }
}
