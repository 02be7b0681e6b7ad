namespace IotMqtt.Models.Reading;

/// <summary>A place in a file, for people: line and column count from 1.</summary>
/// <param name="File">The path as the user wrote it, or a name such as <c>(built-in)</c>.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    /// <summary>For what was not read from a file, such as a program built in C#.</summary>
    public static SourcePosition None => new("", 0, 0);

    /// <summary>This place, or another where this is none.</summary>
    public SourcePosition Or(SourcePosition other) => File is null or "" ? other : this;

    /// <summary><c>file:line:column</c>, as editors and terminals link it.</summary>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
