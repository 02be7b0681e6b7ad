using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Reading;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>The nodes of a run, by their ordinals: some megabytes in memory, however many there are, and the rest in a file. Not thread-safe.</summary>
internal sealed class RunRecord : IDisposable
{
    private const int PagesOfNodes = 96;
    private const int PagesOfTexts = 64;
    private const int PagesOfErrors = 4;
    private const long Never = -1;

    private readonly SpillFile _nodes = new(PagesOfNodes);
    private readonly SpillFile _texts = new(PagesOfTexts);
    private readonly SpillFile _errors = new(PagesOfErrors);
    private readonly NumberedSet<SourcePosition> _places = new();
    private readonly NumberedSet<string> _names = new();
    private readonly Dictionary<int, string?> _placeTexts = [];
    private byte[] _text = new byte[256];

    public RunRecord() => _names.NumberOf("");

    /// <summary>The highest ordinal.</summary>
    public int Last { get; private set; }

    /// <summary>How many errors nodes had.</summary>
    public int Errors { get; private set; }

    /// <summary>Why it does not leave memory; null: it does where it must.</summary>
    public string? Trouble => _nodes.Trouble ?? _texts.Trouble ?? _errors.Trouble;

    /// <summary>Keeps a node as it is now.</summary>
    public void Keep(RecordedNode node)
    {
        var ordinal = checked((int)node.Ordinal);
        var path = Append(node.Path);
        var said = Said(node);
        ref var slot = ref Change(ordinal);
        slot.BeganAt = node.BeganAt.Ticks;
        slot.Path = path;
        slot.Said = said;
        slot.Parent = (int)(node.Parent?.Ordinal ?? 0);
        slot.LastChild = (int)(node.LastChild?.Ordinal ?? 0);
        slot.Children = node.Count;
        slot.Commands = node.Begun;
        slot.Written = _places.NumberOf(node.Written);
        slot.Device = _names.NumberOf(node.Device ?? "");
        slot.Command = _names.NumberOf(node.Command ?? "");
        slot.Attempt = node.Attempt;
        slot.Around = node.Parent?.Kind ?? node.Kind;
        slot.Kind = node.Kind;
        slot.Status = node.Status;
        slot.Flags = NodeFlags.Kept
            | (node is { IsOfAttempts: true, Count: > 0 } ? NodeFlags.OfAttempts : 0)
            | (node.Parent?.Path == node.Path ? NodeFlags.IsBetween : 0)
            | (node.End?.Error is null ? 0 : NodeFlags.HasError);
        slot.PublishedAt = Ticks(node.End?.PublishedAt ?? node.PublishedAt);
        slot.AcceptedAt = Ticks(node.End?.AcceptedAt);
        slot.StartedAt = Ticks(node.End?.StartedAt);
        slot.DoneAt = Ticks(node.End?.DoneAt);
        slot.EndedAt = Ticks(node.End?.At);
        slot.CriticalPredecessor = (int)(node.End?.CriticalPredecessor ?? 0);
        Last = Math.Max(Last, ordinal);
        if (node.End?.Error is not null)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_errors.At(Errors++ * sizeof(int), sizeof(int)), ordinal);
        }
    }

    /// <summary>A node, to be changed. Good until the next call of anything here.</summary>
    public ref NodeSlot Change(int ordinal) => ref MemoryMarshal.AsRef<NodeSlot>(_nodes.At((long)ordinal * NodeSlot.Size, NodeSlot.Size));

    /// <summary>A node; one that was not kept is not <see cref="NodeSlot.IsKept"/>.</summary>
    public NodeSlot Node(int ordinal) => MemoryMarshal.Read<NodeSlot>(_nodes.Peek((long)ordinal * NodeSlot.Size, NodeSlot.Size));

    /// <summary>The ordinal of the node that an error belongs to; errors are counted from 0 in the order in which they happened.</summary>
    public int FailedAt(int number) => BinaryPrimitives.ReadInt32LittleEndian(_errors.Peek((long)number * sizeof(int), sizeof(int)));

    /// <summary>Where a node is.</summary>
    public string PathOf(in NodeSlot node) => _texts.ReadText(node.Path);

    /// <summary>Where it was written.</summary>
    public SourcePosition WrittenOf(in NodeSlot node) => _places[node.Written];

    /// <summary>The same as <c>file:line:column</c>; null: it was not written.</summary>
    public string? PlaceOf(in NodeSlot node) => _placeTexts.TryGetValue(node.Written, out var text) ? text : _placeTexts[node.Written] = _places[node.Written] is { Line: > 0 } at ? at.ToString() : null;

    /// <summary>Its device; null: it is no command.</summary>
    public string? DeviceOf(in NodeSlot node) => node.Device == 0 ? null : _names[node.Device];

    /// <summary>Its command; null: it is none.</summary>
    public string? CommandOf(in NodeSlot node) => node.Command == 0 ? null : _names[node.Command];

    /// <summary>What it is called by.</summary>
    public NodeName NameOf(in NodeSlot node) => new(
        node.Kind, node.Parent == 0 ? null : node.Around, node.Has(NodeFlags.IsBetween), WrittenOf(node), PathOf(node), DeviceOf(node), CommandOf(node));

    /// <summary>What it said: its error, or its words; null: nothing.</summary>
    public string? MessageOf(in NodeSlot node) => node.Said < 0 ? null : node.Has(NodeFlags.HasError) ? ErrorOf(node).Message : Text(node.Said);

    /// <summary>The error of a node that has one.</summary>
    public RunError ErrorOf(in NodeSlot node) => KeptError.Read(_texts.Read(node.Said));

    /// <inheritdoc/>
    public void Dispose()
    {
        _nodes.Dispose();
        _texts.Dispose();
        _errors.Dispose();
    }

    private long Said(RecordedNode node) => node.End switch
    {
        { Error: { } error } => _texts.Append(KeptError.Write(error)),
        { Said: { } said } => Append(said),
        _ => Never,
    };

    private string Text(long at) => _texts.ReadText(at);

    private long Append(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most)
        {
            _text = new byte[Math.Max(most, _text.Length * 2)];
        }

        return _texts.Append(_text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    private static long Ticks(TimeSpan? time) => time?.Ticks ?? Never;
}
