namespace IotMqtt.Devices.Loops;

/// <summary>Something that a loop wakes when its time has come. A member belongs to one loop for good.</summary>
internal interface ILoopMember
{
    /// <summary>Where it stands among the members that want to be woken; -1: it does not. For the loop alone.</summary>
    int Place { get; set; }

    /// <summary>When it wants to be woken. For the loop alone.</summary>
    TimeSpan Due { get; set; }

    /// <summary>Its time has come.</summary>
    void OnDue(TimeSpan now);
}
