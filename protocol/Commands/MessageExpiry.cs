namespace IotMqtt.Protocol.Commands;

/// <summary>Message Expiry counts whole seconds: a budget is rounded up, and never to 0, which would be "at once" or "never".</summary>
internal static class MessageExpiry
{
    /// <summary>The seconds for a budget: rounded up, at least 1, at most what the field can hold.</summary>
    public static uint SecondsFor(TimeSpan budget)
    {
        var seconds = Math.Ceiling(budget.Ticks / (decimal)TimeSpan.TicksPerSecond);
        return (uint)Math.Clamp(seconds, 1m, uint.MaxValue);
    }
}
