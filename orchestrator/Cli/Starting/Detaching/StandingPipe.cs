using System.IO.Pipes;
using System.Text.Json;

namespace IotMqtt.Orchestrator.Cli.Starting.Detaching;

/// <summary>
/// The pipe of a detached <c>up</c>: whoever is the same user asks there whether it is up, and tells it to stop. It is there when all is ready, and goes
/// with the process: nothing is left behind that could lie.
/// </summary>
internal sealed class StandingPipe : IAsyncDisposable
{
    private const string Stop = "stop";
    private const string Status = "status";
    private const int Connections = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();

    // Held until this process ends, which is what they wait for: a collected pipe would be a closed one.
    private readonly List<NamedPipeServerStream> _waiting = [];
    private readonly Task _serving;

    /// <summary>Opens it.</summary>
    /// <param name="name">What this <c>up</c> is called.</param>
    /// <param name="standing">What it says.</param>
    /// <param name="stop">Stops it.</param>
    public StandingPipe(string name, Standing standing, Action stop) => _serving = ServeAsync(name, standing, stop);

    /// <summary>What an <c>up</c> of that name says of itself; null: there is none, or it is not ready.</summary>
    public static async Task<Standing?> AskAsync(string name, CancellationToken cancellationToken)
    {
        await using var pipe = await OpenAsync(name, cancellationToken);
        if (pipe is null)
        {
            return null;
        }

        try
        {
            var answer = await AskAsync(pipe, Status, cancellationToken);
            return answer is null ? null : JsonSerializer.Deserialize(answer, StandingJson.Default.Standing);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Stops an <c>up</c> of that name, and returns when its process has let go of all it had.</summary>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> StopAsync(string name, CancellationToken cancellationToken)
    {
        await using var pipe = await OpenAsync(name, cancellationToken);
        if (pipe is null)
        {
            return false;
        }

        try
        {
            // It answers by its end.
            await AskAsync(pipe, Stop, cancellationToken);
        }
        catch (IOException)
        {
            // Which may be a hard one.
        }

        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _end.Dispose();
    }

    private static string PipeName(string name) => $"iotmqtt-up-{Environment.UserName}-{name}";

    private static async Task<NamedPipeClientStream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var pipe = new NamedPipeClientStream(".", PipeName(name), PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        try
        {
            await pipe.ConnectAsync(Patience, cancellationToken);
            return pipe;
        }
        catch (Exception exception) when (exception is TimeoutException or IOException or UnauthorizedAccessException)
        {
            await pipe.DisposeAsync();
            return null;
        }
    }

    private static async Task<string?> AskAsync(NamedPipeClientStream pipe, string question, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(pipe, leaveOpen: true) { AutoFlush = true };
        using var reader = new StreamReader(pipe, leaveOpen: true);
        await writer.WriteLineAsync(question.AsMemory(), cancellationToken);
        return await reader.ReadLineAsync(cancellationToken);
    }

    private async Task ServeAsync(string name, Standing standing, Action stop)
    {
        byte[] answer = [.. JsonSerializer.SerializeToUtf8Bytes(standing, StandingJson.Default.Standing), (byte)'\n'];
        try
        {
            while (true)
            {
                var pipe = new NamedPipeServerStream(
                    PipeName(name), PipeDirection.InOut, Connections, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
                try
                {
                    await pipe.WaitForConnectionAsync(_end.Token);
                    using var reader = new StreamReader(pipe, leaveOpen: true);
                    var question = await reader.ReadLineAsync(_end.Token);
                    if (question == Stop)
                    {
                        _waiting.Add(pipe);
                        stop();
                        continue;
                    }

                    await pipe.WriteAsync(answer, _end.Token);
                }
                catch (IOException)
                {
                    // Who asked has gone.
                }

                await pipe.DisposeAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
