using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace IotMqtt.Models.Values;

/// <summary>
/// Immutable named values in the order in which they were written. Made for the few names that arguments and states have:
/// up to eight names are searched in order, more through an index.
/// </summary>
public sealed class ValueMap : IReadOnlyCollection<KeyValuePair<string, Value>>, IEquatable<ValueMap>
{
    private const int IndexFrom = 9;

    private readonly KeyValuePair<string, Value>[] _entries;
    private readonly Dictionary<string, int>? _index;

    private ValueMap(KeyValuePair<string, Value>[] entries, Dictionary<string, int>? index, string? typeName = null)
    {
        _entries = entries;
        _index = index;
        TypeName = typeName;
    }

    /// <summary>No values.</summary>
    public static ValueMap Empty { get; } = new([], null);

    /// <summary>What it is, for messages, such as the model of a device's state: "no property `bowll` on smart-toilet". No part of its content.</summary>
    public string? TypeName { get; }

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <summary>The entries, in order.</summary>
    public ReadOnlySpan<KeyValuePair<string, Value>> Entries => _entries;

    /// <summary>The value of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Value this[string name] => TryGet(name, out var value) ? value : throw new KeyNotFoundException($"no value named \"{name}\"");

    /// <summary>A map of these entries; a later one replaces an earlier one of the same name.</summary>
    public static ValueMap Of(params ReadOnlySpan<(string Name, Value Value)> entries)
    {
        var builder = new Builder();
        foreach (var (name, value) in entries)
        {
            builder.Set(name, value);
        }

        return builder.Build();
    }

    /// <summary>The same values under a <see cref="TypeName"/>; the entries are shared.</summary>
    public ValueMap Named(string typeName) => new(_entries, _index, typeName);

    /// <summary>Whether there is a value of that name.</summary>
    public bool TryGet(string name, out Value value)
    {
        var at = IndexOf(name);
        value = at < 0 ? default : _entries[at].Value;
        return at >= 0;
    }

    /// <summary>This map with one value set: replaced in place, or added at the end.</summary>
    public ValueMap With(string name, Value value)
    {
        var builder = new Builder(this);
        builder.Set(name, value);
        return builder.Build();
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] ValueMap? other)
    {
        if (other is null || other.Count != Count)
        {
            return false;
        }

        foreach (var (name, value) in _entries)
        {
            if (!other.TryGet(name, out var theirs) || value != theirs)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueMap);

    /// <inheritdoc/>
    public override int GetHashCode() => Count;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Value>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, Value>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string name)
    {
        if (_index is not null)
        {
            return _index.GetValueOrDefault(name, -1);
        }

        for (var at = 0; at < _entries.Length; at++)
        {
            if (string.Equals(_entries[at].Key, name, StringComparison.Ordinal))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Collects the entries of a map.</summary>
    public sealed class Builder
    {
        private readonly List<KeyValuePair<string, Value>> _entries;
        private readonly string? _typeName;
        private Dictionary<string, int>? _index;

        /// <summary>Starts with nothing, or with the entries of a map.</summary>
        public Builder(ValueMap? start = null)
        {
            _entries = start is null ? [] : [.. start._entries];
            _index = start?._index is { } index ? new(index, StringComparer.Ordinal) : null;
            _typeName = start?.TypeName;
        }

        /// <summary>Adds a value.</summary>
        /// <returns>False, and nothing is added, where the name is there already.</returns>
        public bool TryAdd(string name, Value value)
        {
            if (IndexOf(name) >= 0)
            {
                return false;
            }

            Append(name, value);
            return true;
        }

        /// <summary>Sets a value: replaced in place, or added at the end.</summary>
        public void Set(string name, Value value)
        {
            var at = IndexOf(name);
            if (at >= 0)
            {
                _entries[at] = new(name, value);
            }
            else
            {
                Append(name, value);
            }
        }

        /// <summary>The map.</summary>
        public ValueMap Build() => _entries.Count == 0 && _typeName is null
            ? Empty
            : new([.. _entries], _index is null ? null : new(_index, StringComparer.Ordinal), _typeName);

        private void Append(string name, Value value)
        {
            _index?.Add(name, _entries.Count);
            _entries.Add(new(name, value));
            if (_entries.Count == IndexFrom)
            {
                _index = new(StringComparer.Ordinal);
                for (var at = 0; at < _entries.Count; at++)
                {
                    _index.Add(_entries[at].Key, at);
                }
            }
        }

        private int IndexOf(string name) => _index is not null
            ? _index.GetValueOrDefault(name, -1)
            : _entries.FindIndex(entry => string.Equals(entry.Key, name, StringComparison.Ordinal));
    }
}
