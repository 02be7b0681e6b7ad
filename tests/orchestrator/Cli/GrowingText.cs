namespace IotMqtt.Orchestrator.Tests.Cli;

/// <summary>What a command that still runs has written so far.</summary>
internal sealed class GrowingText : StringWriter
{
    private readonly Lock _lock = new();

    public string Text
    {
        get
        {
            lock (_lock)
            {
                return ToString();
            }
        }
    }

    public override void WriteLine(string? value)
    {
        lock (_lock)
        {
            base.WriteLine(value);
        }
    }
}
