namespace IotMqtt.Runner.Tests;

public sealed class AssemblyTests
{
    [Fact]
    public void The_test_assembly_is_named_after_its_part() =>
        Assert.Equal("IotMqtt.Runner.Tests", typeof(AssemblyTests).Assembly.GetName().Name);
}
