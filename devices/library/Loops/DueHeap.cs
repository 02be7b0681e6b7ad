namespace IotMqtt.Devices.Loops;

/// <summary>The members that want to be woken, the earliest first: a binary heap in which each member knows its place.</summary>
internal sealed class DueHeap
{
    private readonly List<ILoopMember> _members = [];

    public ILoopMember? First => _members.Count == 0 ? null : _members[0];

    /// <summary>Sets when a member wants to be woken; null: not at all.</summary>
    public void Set(ILoopMember member, TimeSpan? due)
    {
        if (due is not { } time)
        {
            Remove(member);
            return;
        }

        if (member.Place < 0)
        {
            member.Place = _members.Count;
            member.Due = time;
            _members.Add(member);
            Rise(member);
        }
        else if (member.Due != time)
        {
            member.Due = time;
            Rise(member);
            Sink(member);
        }
    }

    private void Remove(ILoopMember member)
    {
        if (member.Place < 0)
        {
            return;
        }

        var last = _members[^1];
        _members.RemoveAt(_members.Count - 1);
        if (!ReferenceEquals(last, member))
        {
            Put(last, member.Place);
            Rise(last);
            Sink(last);
        }

        member.Place = -1;
    }

    private void Rise(ILoopMember member)
    {
        var place = member.Place;
        while (place > 0 && _members[(place - 1) / 2] is var parent && parent.Due > member.Due)
        {
            Put(parent, place);
            place = (place - 1) / 2;
        }

        Put(member, place);
    }

    private void Sink(ILoopMember member)
    {
        var place = member.Place;
        while ((2 * place) + 1 is var child && child < _members.Count)
        {
            if (child + 1 < _members.Count && _members[child + 1].Due < _members[child].Due)
            {
                child++;
            }

            if (_members[child].Due >= member.Due)
            {
                break;
            }

            Put(_members[child], place);
            place = child;
        }

        Put(member, place);
    }

    private void Put(ILoopMember member, int place)
    {
        _members[place] = member;
        member.Place = place;
    }
}
