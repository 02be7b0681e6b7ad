using System.Diagnostics;

namespace IotMqtt.Testing;

/// <summary>Waits for reasons, never for time. The limit is there only so that a test that fails says why instead of hanging.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a reason may take on a machine that is busy with other things.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="reason">What is waited for, as a sentence: "light-7 is online".</param>
    /// <param name="condition">The condition.</param>
    /// <param name="cancellationToken">The test's.</param>
    /// <param name="seen">What is there instead, for the message of a failure.</param>
    /// <exception cref="TimeoutException">It did not hold within <see cref="Limit"/>.</exception>
    public static Task Async(
        string reason, Func<bool> condition, CancellationToken cancellationToken, Func<object?>? seen = null) =>
        Async(reason, () => new ValueTask<bool>(condition()), cancellationToken, seen);

    /// <summary>Waits until an asynchronous condition holds.</summary>
    /// <exception cref="TimeoutException">It did not hold within <see cref="Limit"/>.</exception>
    public static async Task Async(
        string reason, Func<ValueTask<bool>> condition, CancellationToken cancellationToken, Func<object?>? seen = null)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await condition().ConfigureAwait(false))
        {
            if (Stopwatch.GetElapsedTime(since) > Limit)
            {
                throw new TimeoutException($"Waited {Limit.TotalSeconds:0} s in vain until {reason}.{Seen(seen)}");
            }

            await Task.Delay(Interval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Awaits a task that something must complete.</summary>
    /// <exception cref="TimeoutException">It was not completed within <see cref="Limit"/>.</exception>
    public static async Task<T> Async<T>(string reason, Task<T> task, CancellationToken cancellationToken)
    {
        try
        {
            return await task.WaitAsync(Limit, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {Limit.TotalSeconds:0} s in vain until {reason}.", exception);
        }
    }

    /// <summary>Awaits a task that something must complete.</summary>
    /// <exception cref="TimeoutException">It was not completed within <see cref="Limit"/>.</exception>
    public static async Task Async(string reason, Task task, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(Limit, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {Limit.TotalSeconds:0} s in vain until {reason}.", exception);
        }
    }

    private static string Seen(Func<object?>? seen) => seen is null ? string.Empty : $" There is: {seen() ?? "nothing"}.";
}
