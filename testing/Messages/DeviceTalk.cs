using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Behaviour.Messages;

namespace IotMqtt.Testing.Messages;

/// <summary>What devices said and heard on topics of their own, and what of their models and their code failed. Safe for use by many threads.</summary>
internal sealed class DeviceTalk(Func<TimeSpan> clock, int capacity, Action<string>? output) : IDeviceTap
{
    private const int MaxFailures = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Device, bool Sent), MessageLog> _logs = [];
    private readonly List<string> _failures = [];

    /// <summary>What failed, oldest first.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (_gate)
            {
                return [.. _failures];
            }
        }
    }

    /// <summary>What came for a device, or what it sent.</summary>
    public MessageLog Of(string device, bool sent)
    {
        lock (_gate)
        {
            return _logs.TryGetValue((device, sent), out var log) ? log : _logs[(device, sent)] = new MessageLog(capacity, output: null);
        }
    }

    void IDeviceTap.Received(string device, in OwnMessage message) => Of(device, sent: false).Add(LabMessage.From(message, clock()));

    void IDeviceTap.Sent(string device, in OwnMessage message) => Of(device, sent: true).Add(LabMessage.From(message, clock()));

    void IDeviceTap.Failed(string device, string where, string error)
    {
        var failure = $"{device}: {where}: {error}";
        output?.Invoke($"! {failure}");
        lock (_gate)
        {
            if (_failures.Count < MaxFailures)
            {
                _failures.Add(failure);
            }
        }
    }
}
