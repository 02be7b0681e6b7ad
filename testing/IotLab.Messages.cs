using System.Text;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Links;
using IotMqtt.Testing.Messages;

namespace IotMqtt.Testing;

public sealed partial class IotLab
{
    /// <summary>
    /// Expects a message, from now on: what comes before the returned task is awaited counts, too. So expect first, then act, then await.
    /// </summary>
    /// <param name="filter">Its topic, with <c>+</c> and <c>#</c>.</param>
    /// <param name="where">What it must be besides; null: anything. Called where messages are received: it must not wait. One that throws is not met.</param>
    /// <param name="within">How long, from now; null: the lab's patience.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The first message that fits.</returns>
    /// <exception cref="LabException">None came: it says what came instead, and why that did not fit.</exception>
    public Task<LabMessage> Expect(string filter, Func<LabMessage, bool>? where = null, TimeSpan? within = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(_observer.Log, $"on {filter}", filter, where, within, cancellationToken);

    /// <summary>Publishes a message, as somebody who is no device.</summary>
    /// <param name="topic">Its topic.</param>
    /// <param name="payload">Text as it is, bytes as they are, anything else as JSON; null: nothing.</param>
    /// <param name="retain">Whether the broker keeps it.</param>
    /// <param name="cancellationToken">Ends the waiting for the broker.</param>
    /// <exception cref="LabException">The broker did not take it.</exception>
    public async Task PublishAsync(string topic, object? payload = null, bool retain = false, CancellationToken cancellationToken = default)
    {
        await StandIns.ReadyAsync(cancellationToken).ConfigureAwait(false);
        await _observer.PublishAsync(new OutgoingMessage { Topic = topic, Payload = Bytes(payload), Retain = retain }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks as an MQTT 5 requester does, with a Response Topic and Correlation Data, and waits for the answer.</summary>
    /// <param name="topic">The topic of the request.</param>
    /// <param name="payload">As in <see cref="PublishAsync"/>.</param>
    /// <param name="within">How long; null: the lab's patience.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LabException">The broker did not take the request, or nobody answered.</exception>
    public async Task<LabMessage> RequestAsync(string topic, object? payload = null, TimeSpan? within = null, CancellationToken cancellationToken = default)
    {
        var (answers, correlation) = ($"{_topics.Root}/answers/{Guid.NewGuid():n}", Guid.NewGuid().ToByteArray());
        await StandIns.ReadyAsync(cancellationToken).ConfigureAwait(false);
        var answer = Expect(answers, message => message.CorrelationData.Span.SequenceEqual(correlation), within, cancellationToken);
        var request = new OutgoingMessage { Topic = topic, Payload = Bytes(payload), ResponseTopic = answers, CorrelationData = correlation };
        await _observer.PublishAsync(request, cancellationToken).ConfigureAwait(false);
        return await answer.ConfigureAwait(false);
    }

    internal Task<LabMessage> ExpectAsync(
        MessageLog log, string what, string filter, Func<LabMessage, bool>? where, TimeSpan? within, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(filter);
        if (TopicGrammar.ProblemOfFilter(filter) is { } problem)
        {
            throw new ArgumentException(problem, nameof(filter));
        }

        ObjectDisposedException.ThrowIf(_ended.IsCancellationRequested, this);
        var awaited = new Awaited(filter, where);
        log.Arm(awaited);
        return FoundAsync(log, awaited, what, within ?? _options.Patience, cancellationToken);
    }

    private async Task<LabMessage> FoundAsync(MessageLog log, Awaited awaited, string what, TimeSpan within, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended);
        try
        {
            return await awaited.Found.WaitAsync(within, TimeProvider.System, either.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new LabException($"No message that was expected came {what} within {within.TotalSeconds:0.###} s. {awaited.Instead()}{Failures()}");
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            throw new LabException($"The lab was disposed while a message was expected {what}. {awaited.Instead()}");
        }
        finally
        {
            log.Disarm(awaited);
        }
    }

    private string Failures() => _observer.Talk.Failures is { Count: > 0 } failures
        ? $"{Environment.NewLine}What devices do has failed:{string.Concat(failures.Select(failure => $"{Environment.NewLine}  {failure}"))}"
        : "";

    private static byte[] Bytes(object? payload) => payload switch
    {
        null => [],
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        _ => Value.From(payload).ToJsonBytes(),
    };
}
