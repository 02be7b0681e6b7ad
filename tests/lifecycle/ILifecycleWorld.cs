using IotMqtt.Models.Values;

namespace IotMqtt.Lifecycle;

/// <summary>Where a case is played: a device, and a requester that has several addresses.</summary>
internal interface ILifecycleWorld : IAsyncDisposable
{
    Task SendAsync(SendStep step, CancellationToken cancellationToken);

    /// <summary>The next acknowledgement of a command at an address, waiting as long as it can still come.</summary>
    Task<Answer> NextAsync(string id, string to, CancellationToken cancellationToken);

    Task<Answer> AskAsync(AskStep step, CancellationToken cancellationToken);

    Task SetFaultAsync(FaultStep step, CancellationToken cancellationToken);

    /// <summary>Returns when these properties have these values; fails where they never will.</summary>
    Task AwaitStateAsync(ValueMap properties, CancellationToken cancellationToken);

    /// <summary>Acknowledgements that have been sent by now and that nobody has awaited.</summary>
    Task<IReadOnlyList<string>> LeftoversAsync(CancellationToken cancellationToken);
}
