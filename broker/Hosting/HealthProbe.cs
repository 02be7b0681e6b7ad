namespace IotMqtt.Broker.Hosting;

/// <summary>Asks a broker whether it takes connections: a container's health check, without a tool beside the program in its image.</summary>
internal static class HealthProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(Uri url, TextWriter errors, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Limit };
        try
        {
            using var answer = await http.GetAsync(url, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return ExitCode.Success;
            }

            await errors.WriteLineAsync($"{url} answered {(int)answer.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await errors.WriteLineAsync($"{url} did not answer: {exception.Message}");
        }

        return ExitCode.Unhealthy;
    }
}
