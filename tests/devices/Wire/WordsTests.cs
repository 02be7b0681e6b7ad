using System.Reflection;
using IotMqtt.Models.Behaviour;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Tests.Wire;

/// <summary>Models and the wire do not know each other; a device says the same words in both.</summary>
public sealed class WordsTests
{
    [Fact]
    public void The_error_codes_of_models_and_wire_are_the_same() => Assert.Equal(Constants(typeof(ErrorCodes)), Constants(typeof(ErrorCode)));

    [Fact]
    public void The_statuses_of_models_and_wire_are_the_same() =>
        Assert.Equal(Enum.GetNames<AcknowledgementStatus>().Order(), Enum.GetNames<CommandStatus>().Order());

    private static Dictionary<string, object?> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(field => field.Name, field => field.GetRawConstantValue());
}
