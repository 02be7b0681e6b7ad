using MQTTnet;
using MQTTnet.Protocol;

namespace IotMqtt.Benchmarks.EndToEnd;

/// <summary>
/// Two bare MQTTnet clients: one asks, one answers, both at QoS 1, and neither awaits a PUBACK before it goes on. What
/// everything else is compared with.
/// </summary>
internal sealed class BarePair : IAsyncDisposable
{
    private static readonly byte[] Question = "{}"u8.ToArray();
    private static readonly byte[] Answer = """{"status":"succeeded","revision":1}"""u8.ToArray();

    private readonly IMqttClient _asking;
    private readonly IMqttClient _answering;
    private readonly MqttApplicationMessage _question;
    private TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BarePair(IMqttClient asking, IMqttClient answering, MqttApplicationMessage question)
    {
        _asking = asking;
        _answering = answering;
        _question = question;
    }

    public static async Task<BarePair> ConnectAsync(string host, int port, int number, CancellationToken cancellationToken)
    {
        var factory = new MqttClientFactory();
        var asking = factory.CreateMqttClient();
        var answering = factory.CreateMqttClient();
        var ask = $"bare/{number}/ask";
        var answer = $"bare/{number}/answer";
        var pair = new BarePair(asking, answering, new MqttApplicationMessage
        {
            Topic = ask,
            PayloadSegment = Question,
            ResponseTopic = answer,
            CorrelationData = new byte[16],
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        });
        asking.ApplicationMessageReceivedAsync += _ =>
        {
            pair._answered.TrySetResult();
            return Task.CompletedTask;
        };
        answering.ApplicationMessageReceivedAsync += received =>
        {
            _ = answering.PublishAsync(
                new MqttApplicationMessage
                {
                    Topic = received.ApplicationMessage.ResponseTopic,
                    PayloadSegment = Answer,
                    CorrelationData = received.ApplicationMessage.CorrelationData,
                    QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                },
                cancellationToken);
            return Task.CompletedTask;
        };
        await ConnectAsync(asking, host, port, answer, cancellationToken);
        await ConnectAsync(answering, host, port, ask, cancellationToken);
        return pair;
    }

    /// <summary>One question and its answer.</summary>
    public Task RoundTripAsync(CancellationToken cancellationToken)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _answered = answered;
        _ = _asking.PublishAsync(_question, cancellationToken);
        return answered.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _asking.DisconnectAsync();
        await _answering.DisconnectAsync();
        _asking.Dispose();
        _answering.Dispose();
    }

    private static async Task ConnectAsync(IMqttClient client, string host, int port, string filter, CancellationToken cancellationToken)
    {
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer(host, port)
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
            .WithKeepAlivePeriod(TimeSpan.FromMinutes(10))
            .Build();
        await client.ConnectAsync(options, cancellationToken);
        await client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken);
    }
}
