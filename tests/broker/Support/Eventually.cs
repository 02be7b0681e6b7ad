namespace IotMqtt.Broker.Tests.Support;

/// <summary>Waits for a reason. There is no time to be in: the test's own limit ends it.</summary>
internal static class Eventually
{
    public static async Task Async(string what, Func<bool> holds)
    {
        try
        {
            while (!holds())
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"This did not come true: {what}");
        }
    }
}
