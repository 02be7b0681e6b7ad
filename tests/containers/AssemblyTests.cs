namespace IotMqtt.Containers.Tests;

public sealed class AssemblyTests
{
    [Fact]
    public void The_test_assembly_is_named_after_its_part() =>
        Assert.Equal("IotMqtt.Containers.Tests", typeof(AssemblyTests).Assembly.GetName().Name);
}
