namespace IotMqtt.Broker.Tests.Support;

/// <summary>Tests that measure this process run beside no other.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
