namespace IotMqtt.Engine.Running.Machinery;

/// <content>The tree of what is open.</content>
internal abstract partial class Frame
{
    private const int LongestPath = 32;

    public Frame? Parent { get; private set; }

    public Frame? FirstChild { get; private set; }

    public Frame? NextSibling { get; private set; }

    public Frame? LastChild { get; private set; }

    public Frame? PreviousSibling { get; private set; }

    /// <summary>Where it is, for people: <c>steps[0].parallel[1]</c>. Of what lies deeper than a reader follows, the last places.</summary>
    public string Path
    {
        get
        {
            var places = new List<string>();
            var frame = this;
            for (; frame is not null && places.Count < LongestPath; frame = frame.Parent)
            {
                if (frame.Place.Group is not null)
                {
                    places.Add(frame.Place.ToString(frame.Node?.Id));
                }
            }

            if (frame?.Parent is not null)
            {
                places.Add("…");
            }

            places.Reverse();
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
