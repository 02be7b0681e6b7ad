using IotMqtt.Devices.Fleet.Links;
using IotMqtt.Devices.Loops;
using IotMqtt.Models.StandIns;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Fleet;

/// <summary>A rule is given to a device that runs: from then on it holds, and is listened for.</summary>
internal sealed class AttachWork(HostedDevice device, StandInRule rule, CancellationToken cancellationToken) : ILoopWork
{
    private readonly TaskCompletionSource<string?> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the broker delivers what the rule is about; with the reason where it does not.</summary>
    public Task<string?> Listening => _listening.Task;

    public void Run(TimeSpan now)
    {
        var before = OwnTopics.Subscriptions([.. device.Machine.Subscriptions]).ToArray();
        device.Machine.Add(rule);
        var after = OwnTopics.Subscriptions([.. device.Machine.Subscriptions]).ToArray();
        _ = TellAsync(device.Link.Own is { } link ? ListenAsync(link, before, after) : Task.FromResult<string?>(null));
    }

    // What is subscribed anew is so before what it covers ends: nothing is missed in between.
    private async Task<string?> ListenAsync(MqttLink link, Subscription[] before, Subscription[] after)
    {
        foreach (var one in after.Except(before))
        {
            if (await link.SubscribeAsync(one, cancellationToken) is { IsGranted: false } refused)
            {
                return refused.Failure;
            }
        }

        foreach (var one in before.Where(old => after.All(known => known.Filter != old.Filter)))
        {
            await link.UnsubscribeAsync(one.Filter, cancellationToken);
        }

        return null;
    }

    private async Task TellAsync(Task<string?> listening)
    {
        try
        {
            _listening.SetResult(await listening);
        }
        catch (OperationCanceledException)
        {
            _listening.TrySetCanceled(CancellationToken.None);
        }
    }
}
