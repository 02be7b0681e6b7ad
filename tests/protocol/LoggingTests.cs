using System.Reflection;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Protocol.Tests;

public sealed class LoggingTests
{
    [Fact]
    public void Every_event_has_an_id_of_its_own_in_the_range_of_this_part()
    {
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var ids = typeof(ProtocolMetrics).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(Any))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .Select(attribute => attribute.EventId)
            .ToList();

        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.InRange(id, 4000, 4999));
        Assert.Equal(ids.Distinct(), ids);
    }
}
