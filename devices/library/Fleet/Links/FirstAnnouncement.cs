using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>The first time that a device says that it is online, while its start awaits the broker's answer.</summary>
internal sealed class FirstAnnouncement
{
    private TaskCompletionSource<LinkFailure?>? _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits for the answer.</summary>
    /// <returns>Why it was not taken; null: it was.</returns>
    public async Task<LinkFailure?> WaitAsync(CancellationToken giveUp)
    {
        if (Volatile.Read(ref _announced) is not { } announced)
        {
            return null;
        }

        using var registration = giveUp.UnsafeRegister(
            static state => ((TaskCompletionSource<LinkFailure?>)state!).TrySetResult(
                new LinkFailure(LinkFailureKind.Unreachable, "The broker has let a device in, but does not acknowledge what it publishes.")),
            announced);
        return await announced.Task;
    }

    /// <summary>It has been taken; or the device is away, and nobody waits for it any more.</summary>
    public void Taken() => Interlocked.Exchange(ref _announced, null)?.TrySetResult(null);

    /// <summary>It has been refused.</summary>
    public void Refused(LinkFailure failure) => Interlocked.Exchange(ref _announced, null)?.TrySetResult(failure);
}
