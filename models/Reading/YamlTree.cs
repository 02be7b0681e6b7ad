using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace IotMqtt.Models.Reading;

/// <summary>Builds the tree of one document from the parser's events, and notes everything that the strict reader refuses.</summary>
internal sealed class YamlTree
{
    private const int MaxErrors = 100;
    private const int IndexedFrom = 12;

    private readonly SourceLines _lines;
    private readonly string _name;
    private readonly DiagnosticBag _diagnostics;
    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly Stack<(SourcePosition At, bool IsList)> _open = [];
    private int _errors;
    private int _depth;

    private YamlTree(string text, string name, DiagnosticBag diagnostics)
    {
        _lines = new(text);
        _name = name;
        _diagnostics = diagnostics;
        _scanner = new(new StringReader(text), skipComments: true);
        _parser = new(_scanner);
    }

    /// <returns>The tree, without what was refused; null where nothing could be read, or too much was wrong.</returns>
    public static YamlNode? Build(string text, string name, DiagnosticBag diagnostics)
    {
        if (SourceLines.FindControlCharacter(text) is { } found)
        {
            diagnostics.Error(new(name, found.Line, found.Column), $"the control character U+{(int)found.Character:X4} is not allowed", "remove it");
            return null;
        }

        var tree = new YamlTree(text, name, diagnostics);
        try
        {
            return tree.Document();
        }
        catch (YamlException exception)
        {
            YamlSyntaxError.Report(exception, name, tree._lines, tree._open.TryPeek(out var open) ? open : null, diagnostics);
            return null;
        }
        catch (TooMuchException)
        {
            return null;
        }
    }

    private YamlNode? Document()
    {
        while (MoveNext() && _parser.Current is StreamStart or DocumentStart)
        {
        }

        if (_parser.Current is null or StreamEnd)
        {
            Error(new(_name, 1, 1), "the file is empty");
            return null;
        }

        var root = Node();
        while (MoveNext())
        {
            if (_parser.Current is DocumentStart second)
            {
                Error(Position(second.Start), "there is a second document", "one file holds one document: remove \"---\" or split the file");
                return root;
            }
        }

        return root;
    }

    /// <summary>The node whose first event is current. Null where it was refused; its events are consumed all the same.</summary>
    private YamlNode? Node()
    {
        var current = _parser.Current!;
        if (current is AnchorAlias alias)
        {
            Error(Position(alias.Start), $"the alias *{alias.Value} is not allowed", "write its content out");
            return null;
        }

        // For some malformed text the parser ends a mapping where its value should be.
        var node = current as NodeEvent ?? throw new YamlException(current.Start, current.End, YamlSyntaxError.Unreadable);
        if (!node.Anchor.IsEmpty)
        {
            Error(Position(node.Start), $"the anchor &{node.Anchor.Value} is not allowed", "remove it, and write out what its aliases stand for");
        }

        if (!node.Tag.IsEmpty)
        {
            Error(Position(node.Start), $"the tag {node.Tag} is not allowed", "remove it; text that looks like something else goes in quotes");
        }

        return node switch
        {
            Scalar scalar => Value(scalar),
            SequenceStart sequence => List(sequence),
            _ => Map((MappingStart)node),
        };
    }

    private YamlScalar? Value(Scalar scalar)
    {
        var at = Position(scalar.Start);
        if (scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty)
        {
            return Scalar(scalar, at);
        }

        if (scalar.Value.Length == 0)
        {
            if (_lines.CommentAfter(at) is { } comment)
            {
                Error(at with { Column = comment.Column }, "a comment begins where a value should be", $"\"#\" after a space begins a comment; write \"{comment.Text}\", in quotes");
            }
            else
            {
                Error(at, "the value is empty", "write a value, or remove the key; an empty text is \"\", an empty list is [], an empty mapping is {}");
            }

            return null;
        }

        if (PlainScalar.IsNull(scalar.Value))
        {
            Error(at, $"{scalar.Value} is not allowed as a value", $"remove it; for the text write \"{scalar.Value}\", in quotes");
            return null;
        }

        return Scalar(scalar, at);
    }

    private YamlScalar Scalar(Scalar scalar, SourcePosition at) => new(at, scalar.Value, scalar.Style != ScalarStyle.Plain)
    {
        BlockIndent = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded ? _lines.IndentOf(at.Line + 1) : -1,
    };

    private YamlList List(SequenceStart start)
    {
        var items = new List<YamlNode>();
        var isPart = false;
        Enter(start.Start, start.Style == SequenceStyle.Flow, isList: true);
        while (Next() is not SequenceEnd)
        {
            if (Node() is { } item)
            {
                items.Add(item);
            }
            else
            {
                isPart = true;
            }
        }

        Leave(start.Style == SequenceStyle.Flow);
        return new(Position(start.Start), items) { IsPart = isPart };
    }

    private YamlMap Map(MappingStart start)
    {
        var entries = new List<YamlEntry>();
        HashSet<string>? names = null;
        List<string>? lost = null;
        Enter(start.Start, start.Style == MappingStyle.Flow, isList: false);
        while (Next() is not MappingEnd)
        {
            var key = Key();
            var isRepeated = key is not null && (IsRepeated(key.Text, entries, ref names) || lost?.Contains(key.Text) == true);
            if (isRepeated)
            {
                Error(key!.At, $"the key \"{key.Text}\" is there twice", "remove one of them");
            }

            Next();
            var value = Node();
            if (key is null || value is null)
            {
                (lost ??= []).Add(key?.Text ?? YamlMap.AnyKey);
            }
            else if (!isRepeated)
            {
                entries.Add(new(key, value));
            }
        }

        Leave(start.Style == MappingStyle.Flow);
        return new(Position(start.Start), entries) { Lost = lost ?? [] };
    }

    private YamlScalar? Key()
    {
        var at = Position(_parser.Current!.Start);
        if (_parser.Current is not Scalar scalar)
        {
            Error(at, "a key must be a text, not a list or a mapping");
            Node();
            return null;
        }

        if (scalar.Style == ScalarStyle.Plain && scalar.Value.Length > 0 && !PlainScalar.IsText(scalar.Value))
        {
            Error(at, $"the key {scalar.Value} is not a text", $"write \"{scalar.Value}\", in quotes");
            return null;
        }

        if (scalar.Value.Length == 0)
        {
            Error(at, "the key is empty", "write a name before the colon");
            return null;
        }

        if (scalar is { Style: ScalarStyle.Plain, Value: "<<" })
        {
            Error(at, "the merge key << is not allowed", "write out what it stands for");
            return null;
        }

        return Node() as YamlScalar;
    }

    private static bool IsRepeated(string key, List<YamlEntry> entries, ref HashSet<string>? names)
    {
        if (names is null && entries.Count < IndexedFrom)
        {
            foreach (var entry in entries)
            {
                if (string.Equals(entry.Key.Text, key, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }

        names ??= entries.Select(entry => entry.Key.Text).ToHashSet(StringComparer.Ordinal);
        return !names.Add(key);
    }

    private ParsingEvent Next() => MoveNext() ? _parser.Current! : throw new YamlException("the document ends in the middle");

    /// <summary>The parser meets some malformed text with exceptions that are not its own, such as "{ x:#y }" in flow style.</summary>
    private bool MoveNext()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or NullReferenceException or IndexOutOfRangeException
            or FormatException or OverflowException or KeyNotFoundException)
        {
            var at = _scanner.CurrentPosition;
            throw new YamlException(at, at, YamlSyntaxError.Unreadable, exception);
        }
    }

    private void Leave(bool isFlow)
    {
        _depth--;
        if (isFlow)
        {
            _open.Pop();
        }
    }

    private void Enter(in Mark at, bool isFlow, bool isList)
    {
        if (isFlow)
        {
            _open.Push((Position(at), isList));
        }

        if (++_depth > YamlFile.MaxDepth)
        {
            Error(Position(at), $"it nests deeper than {YamlFile.MaxDepth} levels", "split it into several files");
            throw new TooMuchException();
        }
    }

    private void Error(SourcePosition at, string message, string? suggestion = null)
    {
        _diagnostics.Error(at, message, suggestion);
        if (++_errors == MaxErrors)
        {
            _diagnostics.Error(at, $"these were {MaxErrors} errors; the rest of the file was not read");
            throw new TooMuchException();
        }
    }

    private SourcePosition Position(in Mark mark) => new(_name, (int)mark.Line, (int)mark.Column);

    /// <summary>Leaves a document of which enough was seen; never leaves this class.</summary>
    private sealed class TooMuchException : Exception;
}
