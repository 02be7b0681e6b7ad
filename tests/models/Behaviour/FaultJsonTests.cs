using System.Text;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Tests.Behaviour;

public sealed class FaultJsonTests
{
    public static TheoryData<string> Faults =>
    [
        """{"latency":"2s"}""",
        """{"latency":"300ms..1s"}""",
        """{"latency":{"normal":{"mean":"500ms","sd":"100ms"}}}""",
        """{"drop":{"what":"sent","probability":"30%"}}""",
        """{"drop":{"what":"received","probability":"100%"}}""",
        """{"duplicate":"12.5%"}""",
        """{"reject":{"probability":"50%","message":"the battery is low"}}""",
        """{"hang":"10%"}""",
        """{"disconnect":"5s"}""",
        """{"disconnect":true}""",
        """{"latency":"2s","hang":"10%"}""",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_that_is_read_is_written_again(string json)
    {
        Assert.True(FaultDefinition.TryRead(Parse(json), out var fault, out var error), error);
        Assert.Equal(json, fault.ToValue().ToJson());
    }

    [Theory]
    [InlineData("""{"latnecy":"2s"}""", "latency")]
    [InlineData("""{"latency":"2"}""", "2s")]
    [InlineData("""{"hang":"200%"}""", "hang")]
    [InlineData("""{"drop":{"what":"lost"}}""", "sent")]
    [InlineData("""{}""", "fault")]
    [InlineData("""[1]""", "fault")]
    public void What_is_no_fault_is_refused_with_a_reason(string json, string says)
    {
        Assert.False(FaultDefinition.TryRead(Parse(json), out _, out var error));
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_keeps_its_meaning()
    {
        var fault = new FaultDefinition
        {
            Latency = new DurationSpec.Uniform(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1)),
            Drop = new DropFault(MessageDirection.Received, 0.25),
            Disconnect = new DisconnectFault(new DurationSpec.Fixed(TimeSpan.FromSeconds(5))),
        };
        Assert.True(FaultDefinition.TryRead(fault.ToValue(), out var read, out var error), error);
        Assert.Equal(fault, read);
    }

    private static Value Parse(string json)
    {
        Assert.True(Value.TryParseJson(Encoding.UTF8.GetBytes(json), out var value, out var error), error);
        return value;
    }
}
