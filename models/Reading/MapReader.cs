using IotMqtt.Models.Chance;

namespace IotMqtt.Models.Reading;

/// <summary>
/// Reads a mapping key by key. Each key that is asked for is a known one; <see cref="Done"/> then notes every other key that is
/// there, with what it may have been meant to be.
/// </summary>
internal sealed class MapReader
{
    private readonly DiagnosticBag _diagnostics;
    private readonly string _what;
    private readonly List<string> _known = [];
    private readonly bool[] _taken;

    private MapReader(YamlMap map, string what, DiagnosticBag diagnostics)
    {
        Map = map;
        _what = what;
        _diagnostics = diagnostics;
        _taken = new bool[map.Entries.Count];
    }

    /// <summary>The mapping.</summary>
    public YamlMap Map { get; }

    /// <summary>Where it begins.</summary>
    public SourcePosition At => Map.At;

    /// <summary>Where errors go.</summary>
    public DiagnosticBag Diagnostics => _diagnostics;

    /// <summary>Starts on a node that must be a mapping.</summary>
    /// <param name="node">The node.</param>
    /// <param name="what">What it is, for messages: <c>a command</c>, or a key.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <returns>Null, with an error, where it is something else.</returns>
    public static MapReader? Open(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        if (node is YamlMap map)
        {
            return new(map, what, diagnostics);
        }

        diagnostics.Error(node.At, $"{what} must be a mapping of keys and values, but is {node.Describe()}");
        return null;
    }

    /// <summary>Whether a key is there, even where its value was refused. It counts as known.</summary>
    public bool Has(string key) => Take(key) is not null || Map.Lost.Contains(key);

    /// <summary>The value of a key, or null where it is not there.</summary>
    public YamlNode? Take(string key) => Entry(key)?.Value;

    /// <summary>The entry of a key, or null where it is not there.</summary>
    public YamlEntry? Entry(string key)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
        }

        var entries = Map.Entries;
        for (var at = 0; at < entries.Count; at++)
        {
            if (string.Equals(entries[at].Key.Text, key, StringComparison.Ordinal))
            {
                _taken[at] = true;
                return entries[at];
            }
        }

        return null;
    }

    /// <summary>The value of a key that must be there.</summary>
    public YamlNode? Require(string key)
    {
        var value = Take(key);
        if (value is null && !Map.Mentions(key))
        {
            _diagnostics.Error(At, $"{_what} needs the key \"{key}\"");
        }

        return value;
    }

    /// <summary>Text, or null.</summary>
    public string? Text(string key) => Take(key) is { } node ? NodeReader.Text(node, key, _diagnostics) : null;

    /// <summary>Text that must be there.</summary>
    public string? RequireText(string key) => Require(key) is { } node ? NodeReader.Text(node, key, _diagnostics) : null;

    /// <summary>A boolean, or null.</summary>
    public bool? Boolean(string key) => Take(key) is { } node ? NodeReader.Boolean(node, key, _diagnostics) : null;

    /// <summary>A whole number, or null.</summary>
    public long? Integer(string key, long min = long.MinValue, long max = long.MaxValue) =>
        Take(key) is { } node ? NodeReader.Integer(node, key, _diagnostics, min, max) : null;

    /// <summary>A number, or null.</summary>
    public double? Number(string key, double? min = null, double? max = null) =>
        Take(key) is { } node ? NodeReader.Number(node, key, _diagnostics, min, max) : null;

    /// <summary>A duration, or null.</summary>
    public TimeSpan? Duration(string key) => Take(key) is { } node ? NodeReader.Duration(node, key, _diagnostics) : null;

    /// <summary>A duration that must be there.</summary>
    public TimeSpan? RequireDuration(string key) => Require(key) is { } node ? NodeReader.Duration(node, key, _diagnostics) : null;

    /// <summary>A duration, a range or a distribution of durations, or null.</summary>
    public DurationSpec? DurationSpec(string key) => Take(key) is { } node ? NodeReader.DurationSpec(node, key, _diagnostics) : null;

    /// <summary>A percentage, 0 to 100, or null.</summary>
    public double? Percent(string key) => Take(key) is { } node ? NodeReader.Percent(node, key, _diagnostics) : null;

    /// <summary>One of several texts, or null.</summary>
    public T? OneOf<T>(string key, params ReadOnlySpan<(string Name, T Choice)> choices)
        where T : struct => Take(key) is { } node ? NodeReader.OneOf(node, key, _diagnostics, choices) : null;

    /// <summary>A nested mapping, or null.</summary>
    public MapReader? MapOf(string key) => Take(key) is { } node ? Open(node, key, _diagnostics) : null;

    /// <summary>A nested mapping that must be there.</summary>
    public MapReader? RequireMap(string key) => Require(key) is { } node ? Open(node, key, _diagnostics) : null;

    /// <summary>The entries of a nested mapping whose keys are names that the user chose; none where it is not there.</summary>
    public IReadOnlyList<YamlEntry> Entries(string key) => MapOf(key)?.Map.Entries ?? [];

    /// <summary>The items of a list; none where it is not there.</summary>
    public IReadOnlyList<YamlNode> List(string key)
    {
        switch (Take(key))
        {
            case null:
                return [];
            case YamlList list:
                return list.Items;
            case var other:
                _diagnostics.Error(other.At, $"{key} must be a list, but is {other.Describe()}", "write [ … ], or each item after \"- \" on a line of its own");
                return [];
        }
    }

    /// <summary>The items of a list, or the one value that stands there instead; none where it is not there.</summary>
    public IReadOnlyList<YamlNode> OneOrList(string key) => Take(key) switch
    {
        null => [],
        YamlList list => list.Items,
        var one => [one],
    };

    /// <summary>Notes an error for a key that this version knows of and does not do.</summary>
    public void Refuse(string key, string why, string? suggestion = null)
    {
        var entry = Entry(key);
        _known.Remove(key);
        if (entry is not null)
        {
            _diagnostics.Error(entry.Key.At, $"\"{key}\" {why}", suggestion);
        }
    }

    /// <summary>Notes every key that nobody asked for.</summary>
    public void Done()
    {
        for (var at = 0; at < _taken.Length; at++)
        {
            if (!_taken[at])
            {
                var key = Map.Entries[at].Key;
                _diagnostics.Error(key.At, $"{_what} has no key \"{key.Text}\"", Suggest.For(key.Text, _known));
            }
        }
    }
}
