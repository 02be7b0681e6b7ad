namespace IotMqtt.Engine.Running.Machinery;

/// <content>The tree of what is open.</content>
internal abstract partial class Frame
{
    public Frame? Parent { get; private set; }

    public Frame? FirstChild { get; private set; }

    public Frame? NextSibling { get; private set; }

    public Frame? LastChild { get; private set; }

    public Frame? PreviousSibling { get; private set; }

    /// <summary>Where it is, for people: <c>steps[0].parallel[1]</c>.</summary>
    public string Path
    {
        get
        {
            var places = new Stack<string>();
            for (var frame = this; frame is not null; frame = frame.Parent)
            {
                if (frame.Place.Group is not null)
                {
                    places.Push(frame.Place.ToString(frame.Node?.Id));
                }
            }

            return places.Count == 0 ? "steps" : string.Join('.', places);
        }
    }

    public void Attach(Frame child)
    {
        child.Parent = this;
        child.PreviousSibling = LastChild;
        if (LastChild is null)
        {
            FirstChild = child;
        }
        else
        {
            LastChild.NextSibling = child;
        }

        LastChild = child;
    }

    public void Detach(Frame child)
    {
        if (child.PreviousSibling is null)
        {
            FirstChild = child.NextSibling;
        }
        else
        {
            child.PreviousSibling.NextSibling = child.NextSibling;
        }

        if (child.NextSibling is null)
        {
            LastChild = child.PreviousSibling;
        }
        else
        {
            child.NextSibling.PreviousSibling = child.PreviousSibling;
        }

        child.PreviousSibling = null;
        child.NextSibling = null;
    }
}
