using System.Reflection;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Broker.Tests;

public sealed class LogTests
{
    [Fact]
    public void Event_ids_are_unique_and_in_the_range_of_the_broker()
    {
        var ids = typeof(MqttBroker).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetCustomAttributes<LoggerMessageAttribute>())
            .Select(message => message.EventId)
            .ToList();

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct().Order(), ids.Order());
        Assert.All(ids, id => Assert.InRange(id, 1000, 1999));
    }
}
