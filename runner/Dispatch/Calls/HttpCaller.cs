using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Running.Calls;
using IotMqtt.Models.Values;

namespace IotMqtt.Runner.Dispatch.Calls;

/// <summary>Sends HTTP requests. Redirects are answers: whoever asks for a status gets the one that came.</summary>
internal sealed class HttpCaller : IDisposable
{
    /// <summary>The longest answer.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All })
    {
        // The run gives up by itself.
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MostBytes,
    };

    public async Task<CallAnswer> CallAsync(Effect.Fetch order, CancellationToken givenUp)
    {
        try
        {
            using var request = RequestOf(order);
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, givenUp);
            var body = await answer.Content.ReadAsByteArrayAsync(givenUp);
            return CallAnswer.Of(Value.Of(ValueMap.Of(
                ("status", Value.Of((long)(int)answer.StatusCode)), ("headers", Headers(answer)), ("body", PayloadText.Decode(body)))));
        }
        catch (HttpRequestException exception)
        {
            var isUnreachable = exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError;
            return new CallAnswer(
                isUnreachable ? CallOutcome.Unreachable : CallOutcome.Failed,
                Value.Null,
                $"{order.Method} {order.Url} could not be answered: {Reason(exception)}");
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or NotSupportedException)
        {
            return new CallAnswer(CallOutcome.Unreachable, Value.Null, $"{order.Method} {order.Url} cannot be sent: {exception.Message}");
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage RequestOf(Effect.Fetch order)
    {
        var request = new HttpRequestMessage(new HttpMethod(order.Method), order.Url);
        if (order.ContentType is { } type)
        {
            request.Content = new ReadOnlyMemoryContent(order.Body.AsMemory());
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        foreach (var (name, value) in order.Headers)
        {
            // Some headers belong to the body, and what is written goes before what the body says by itself.
            if (!request.Headers.TryAddWithoutValidation(name, value) && request.Content is { } content)
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private static Value Headers(HttpResponseMessage answer)
    {
        var headers = new ValueMap.Builder();
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            headers.Set(name.ToLowerInvariant(), Value.Of(string.Join(", ", values)));
        }

        return Value.Of(headers.Build());
    }

    private static string Reason(HttpRequestException exception) =>
        exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? "nobody listens there" : exception.Message;
}
