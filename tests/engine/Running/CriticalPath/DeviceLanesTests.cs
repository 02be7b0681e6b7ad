using IotMqtt.Engine.Running.CriticalPath;

namespace IotMqtt.Engine.Tests.Running.CriticalPath;

public sealed class DeviceLanesTests
{
    [Fact]
    public void A_command_takes_the_lane_that_its_predecessor_leaves()
    {
        var lanes = new DeviceLanes(1);
        var (first, second) = (Arrive(lanes), Arrive(lanes));
        Assert.True(first.IsTaken);
        Assert.False(second.IsTaken);

        lanes.Leave(first, At(5));
        Assert.Equal(At(5), second.Free);
    }

    [Fact]
    public void One_that_leaves_the_queue_is_passed_over()
    {
        var lanes = new DeviceLanes(1);
        var (first, second, third) = (Arrive(lanes), Arrive(lanes), Arrive(lanes));

        lanes.Leave(second, default);
        lanes.Leave(first, At(5));
        Assert.False(second.IsTaken);
        Assert.Equal(At(5), third.Free);
    }

    [Fact]
    public void Lanes_that_were_never_used_are_free_since_the_beginning_and_then_the_earliest_is_taken()
    {
        var lanes = new DeviceLanes(2);
        var (first, second) = (Arrive(lanes), Arrive(lanes));
        lanes.Leave(first, At(9));
        lanes.Leave(second, At(4));

        Assert.Equal(At(4), Arrive(lanes).Free);
        Assert.Equal(At(9), Arrive(lanes).Free);
    }

    private static LaneTicket Arrive(DeviceLanes lanes)
    {
        var command = new LaneTicket();
        lanes.Arrive(command);
        return command;
    }

    private static Instant At(int seconds) => new(TimeSpan.FromSeconds(seconds), seconds);
}
