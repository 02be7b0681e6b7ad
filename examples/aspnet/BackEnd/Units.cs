using System.Collections.Concurrent;
using System.Text.Json;
using MQTTnet;

namespace Acme.BackEnd;

/// <summary>Talks to units over MQTT: a request on acme/{serial}/downlink, its answer on acme/{serial}/uplink, with the same id.</summary>
internal sealed class Units(IConfiguration configuration) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<(string Serial, int Id), TaskCompletionSource<bool>> _open = new();
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly TimeSpan _patience = TimeSpan.FromMilliseconds(configuration.GetValue("Acme:PatienceMs", 5000));

    // A bug that can be switched on: any answer of a unit is taken for that to the request that is open.
    private readonly bool _takesAnyAnswer = configuration.GetValue<bool>("Acme:TakesAnyAnswer");
    private int _last;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var url = new Uri(configuration["Mqtt:Url"] ?? "mqtt://127.0.0.1:1883");
        _client.ApplicationMessageReceivedAsync += message =>
        {
            var answer = JsonDocument.Parse(message.ApplicationMessage.ConvertPayloadToString()).RootElement;
            Answered(message.ApplicationMessage.Topic.Split('/')[1], answer.GetProperty("id").GetInt32(), answer.GetProperty("ok").GetBoolean());
            return Task.CompletedTask;
        };
        await _client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer(url.Host, url.Port).Build(), cancellationToken);
        await _client.SubscribeAsync("acme/+/uplink", cancellationToken: cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_client.IsConnected)
        {
            await _client.DisconnectAsync(cancellationToken: cancellationToken);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Whether the unit has rebooted; null: it does not answer.</summary>
    public async Task<bool?> RebootAsync(string serial, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _open[(serial, id)] = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _client.PublishStringAsync($"acme/{serial}/downlink", JsonSerializer.Serialize(new { op = "reboot", id }), cancellationToken: cancellationToken);
            return await answer.Task.WaitAsync(_patience, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            _open.TryRemove((serial, id), out _);
        }
    }

    private void Answered(string serial, int id, bool ok)
    {
        foreach (var (request, answer) in _open)
        {
            if (request.Serial == serial && (request.Id == id || _takesAnyAnswer))
            {
                answer.TrySetResult(ok);
            }
        }
    }
}
