using System.Collections.Immutable;

namespace IotMqtt.Engine.Running.Machinery;

/// <summary>Errors in the order in which they happened; joined in constant time, so that no failure costs more than itself.</summary>
internal sealed class ErrorRope
{
    private readonly ErrorRope? _left;
    private readonly ErrorRope? _right;

    public ErrorRope(RunError error)
    {
        First = error;
        Count = 1;
    }

    private ErrorRope(ErrorRope left, ErrorRope right)
    {
        _left = left;
        _right = right;
        First = left.First;
        Count = left.Count + right.Count;
    }

    public RunError First { get; }

    public int Count { get; }

    public static ErrorRope? Join(ErrorRope? left, ErrorRope? right) => left is null ? right : right is null ? left : new(left, right);

    public ImmutableArray<RunError> ToArray()
    {
        var errors = ImmutableArray.CreateBuilder<RunError>(Count);
        var open = new Stack<ErrorRope>();
        open.Push(this);
        while (open.TryPop(out var rope))
        {
            if (rope._left is null)
            {
                errors.Add(rope.First);
                continue;
            }

            open.Push(rope._right!);
            open.Push(rope._left);
        }

        return errors.MoveToImmutable();
    }
}
