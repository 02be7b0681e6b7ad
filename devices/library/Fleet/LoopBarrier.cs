using IotMqtt.Devices.Loops;

namespace IotMqtt.Devices.Fleet;

/// <summary>Is reached when a loop has done all that was posted to it before.</summary>
internal sealed class LoopBarrier : ILoopWork
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task;

    public void Run(TimeSpan now) => _reached.TrySetResult();
}
