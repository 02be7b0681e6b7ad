using IotMqtt.Broker.Connections;

namespace IotMqtt.Broker.Tests.Connections;

public sealed class DebtTests
{
    [Fact]
    public async Task Who_owes_too_much_waits_until_something_is_repaid()
    {
        var debt = new Debt(limit: 2);
        debt.Owe();
        Assert.True(debt.WaitAsync().IsCompleted);
        debt.Owe();
        var wait = debt.WaitAsync();
        Assert.False(wait.IsCompleted);

        debt.Repay();

        await wait;
        Assert.True(debt.WaitAsync().IsCompleted);
    }

    [Fact]
    public async Task A_wait_can_be_ended()
    {
        var debt = new Debt(limit: 1);
        debt.Owe();
        var wait = debt.WaitAsync();

        debt.Wake();

        await wait;
    }
}
