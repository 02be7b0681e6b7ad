namespace IotMqtt.Models.Reading;

/// <summary>A node of a YAML file that passed the strict reader: no tags, aliases, duplicate keys or empty values are left.</summary>
/// <param name="At">Where it begins.</param>
public abstract record YamlNode(SourcePosition At);

/// <summary>A scalar.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Text">Its text, unquoted and unescaped.</param>
/// <param name="IsQuoted">Whether it was quoted or a block scalar: then it is text, whatever it looks like.</param>
public sealed record YamlScalar(SourcePosition At, string Text, bool IsQuoted) : YamlNode(At);

/// <summary>A sequence.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Items">Its items.</param>
public sealed record YamlList(SourcePosition At, IReadOnlyList<YamlNode> Items) : YamlNode(At);

/// <summary>A mapping with text keys, in the order of the file.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Entries">Its entries.</param>
public sealed record YamlMap(SourcePosition At, IReadOnlyList<YamlEntry> Entries) : YamlNode(At);

/// <summary>One entry of a mapping.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public sealed record YamlEntry(YamlScalar Key, YamlNode Value);
