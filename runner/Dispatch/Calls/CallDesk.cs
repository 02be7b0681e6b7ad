using IotMqtt.Engine.Running;
using IotMqtt.Engine.Running.Calls;
using IotMqtt.Models.Values;
using IotMqtt.Runner.Dispatch.Timing;

namespace IotMqtt.Runner.Dispatch.Calls;

/// <summary>
/// Calls the system under test. Each call ends by its answer or by being given up, which the run does at its timeout; what is open at the
/// end of the run is given up, too. Owned by the run loop; answers come from other threads.
/// </summary>
internal sealed class CallDesk(RunClock clock, IFactSink facts) : IAsyncDisposable
{
    private readonly Dictionary<Ticket, Call> _open = [];
    private readonly Lazy<HttpCaller> _http = new();

    public void Fetch(Effect.Fetch order) => Begin(order.Ticket, token => _http.Value.CallAsync(order, token));

    public void Execute(Effect.Execute order) => Begin(order.Ticket, token => ProcessCaller.CallAsync(order, token));

    public void GiveUp(Ticket ticket)
    {
        if (_open.Remove(ticket, out var call))
        {
            call.GivenUp.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var call in _open.Values)
        {
            await call.GivenUp.CancelAsync();
        }

        await Task.WhenAll(_open.Values.Select(call => call.Ended));
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }

    private void Begin(Ticket ticket, Func<CancellationToken, Task<CallAnswer>> make)
    {
        // The same question again: the world before this one took it along.
        GiveUp(ticket);
        foreach (var ended in _open.Where(call => call.Value.Ended.IsCompleted).Select(call => call.Key).ToArray())
        {
            _open.Remove(ended);
        }

        var givenUp = new CancellationTokenSource();
        _open.Add(ticket, new Call(givenUp, Task.Run(() => MakeAsync(ticket, make, givenUp.Token))));
    }

    private async Task MakeAsync(Ticket ticket, Func<CancellationToken, Task<CallAnswer>> make, CancellationToken givenUp)
    {
        try
        {
            var answer = await make(givenUp);
            facts.Post(new Fact.Called(clock.Now, ticket, answer));
        }
        catch (OperationCanceledException) when (givenUp.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            facts.Post(new Fact.Called(clock.Now, ticket, new CallAnswer(CallOutcome.Failed, Value.Null, exception.Message)));
        }
    }

    private sealed record Call(CancellationTokenSource GivenUp, Task Ended);
}
