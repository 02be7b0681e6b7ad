namespace IotMqtt.Models.Reading;

/// <summary>
/// A node of a YAML file that passed the strict reader: no tags, aliases, duplicate keys, nulls or empty values are left. Where some were
/// there, the errors are noted and the rest can still be checked: see <see cref="YamlFile.ReadPart"/>.
/// </summary>
/// <param name="At">Where it begins.</param>
internal abstract record YamlNode(SourcePosition At)
{
    /// <summary>What it is, for messages: <c>a text</c>, <c>a list</c>, <c>a mapping</c>, …</summary>
    public abstract string Describe();
}

/// <summary>A scalar.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Text">Its text, unquoted and unescaped.</param>
/// <param name="IsQuoted">Whether it was quoted or a block scalar: then it is text, whatever it looks like.</param>
internal sealed record YamlScalar(SourcePosition At, string Text, bool IsQuoted) : YamlNode(At)
{
    /// <summary>How far its lines are indented where it is a block scalar (<c>|</c> or <c>&gt;</c>); -1 where it is none.</summary>
    internal int BlockIndent { get; init; } = -1;

    /// <inheritdoc/>
    public override string Describe() => $"\"{(Text.Length > 40 ? Text[..40] + "…" : Text)}\"";

    /// <summary>
    /// Where a character of <see cref="Text"/> stands in the file. Exact for plain and quoted text on one line and for literal
    /// blocks; where escapes or folding moved it, a place close before it.
    /// </summary>
    public SourcePosition PositionOf(int offset)
    {
        if (BlockIndent < 0)
        {
            return At with { Column = At.Column + offset + (IsQuoted ? 1 : 0) };
        }

        var before = Text.AsSpan(0, Math.Min(offset, Text.Length));
        var lineStart = before.LastIndexOf('\n') + 1;
        return At with { Line = At.Line + 1 + before.Count('\n'), Column = BlockIndent + before.Length - lineStart + 1 };
    }
}

/// <summary>A sequence.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Items">Its items.</param>
internal sealed record YamlList(SourcePosition At, IReadOnlyList<YamlNode> Items) : YamlNode(At)
{
    /// <summary>Whether items were refused, with an error each, and are missing.</summary>
    internal bool IsPart { get; init; }

    /// <summary>Whether nothing was written in it; what was refused counts as written.</summary>
    public bool IsEmpty => Items.Count == 0 && !IsPart;

    /// <inheritdoc/>
    public override string Describe() => IsEmpty ? "an empty list" : "a list";
}

/// <summary>A mapping with text keys, in the order of the file.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Entries">Its entries.</param>
internal sealed record YamlMap(SourcePosition At, IReadOnlyList<YamlEntry> Entries) : YamlNode(At)
{
    /// <inheritdoc/>
    public override string Describe() => "a mapping";

    /// <summary>What stands for keys that were refused themselves: they may have been any.</summary>
    internal const string AnyKey = "<<";

    /// <summary>The keys whose values were refused, with an error each, and are missing.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    /// <summary>Whether nothing was written in it; what was refused counts as written.</summary>
    public bool IsEmpty => Entries.Count == 0 && Lost.Count == 0;

    /// <summary>Whether a key was written, or may have been, even where it was refused or its value was.</summary>
    public bool Mentions(string key) => Find(key) is not null || Lost.Contains(key) || Lost.Contains(AnyKey);

    /// <summary>The value of a key, or null.</summary>
    public YamlNode? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Key.Text, key, StringComparison.Ordinal))
            {
                return entry.Value;
            }
        }

        return null;
    }
}

/// <summary>One entry of a mapping.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
