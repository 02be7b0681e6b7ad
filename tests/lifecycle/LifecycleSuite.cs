namespace IotMqtt.Lifecycle;

/// <summary>
/// The life of a command (DESIGN section 4) as cases that are data. Whoever derives from this says where they are played; what they
/// require is the same everywhere.
/// </summary>
public abstract class LifecycleSuite
{
    public static TheoryData<string> Cases => [.. LifecycleCaseReader.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_command_lives_as_its_case_says(string name)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var played = LifecycleCaseReader.Read(name);
        await using var world = await StartAsync(played, cancellationToken);
        foreach (var step in played.Steps)
        {
            try
            {
                await PlayAsync(world, step, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Assert.Fail($"{played.About}\n{name}.yaml:{step.Line}: {exception.Message}");
            }
        }

        Assert.Empty(await world.LeftoversAsync(cancellationToken));
    }

    private protected abstract Task<ILifecycleWorld> StartAsync(LifecycleCase played, CancellationToken cancellationToken);

    private static async Task PlayAsync(ILifecycleWorld world, LifecycleStep step, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case SendStep send:
                await world.SendAsync(send, cancellationToken);
                break;
            case AckStep ack:
                ack.Expected.Check(await world.NextAsync(ack.Id, ack.To, cancellationToken));
                break;
            case AskStep ask:
                ask.Expected.Check(await world.AskAsync(ask, cancellationToken));
                break;
            case FaultStep fault:
                await world.SetFaultAsync(fault, cancellationToken);
                break;
            case StateStep state:
                await world.AwaitStateAsync(state.Properties, cancellationToken);
                break;
            default:
                Assert.Empty(await world.LeftoversAsync(cancellationToken));
                break;
        }
    }
}
