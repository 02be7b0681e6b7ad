using System.ComponentModel;
using System.Diagnostics;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Running.Calls;
using IotMqtt.Models.Values;

namespace IotMqtt.Runner.Dispatch.Calls;

/// <summary>Runs programs of the operating system, without a shell. One that is given up is killed with all that it has started.</summary>
internal static class ProcessCaller
{
    /// <summary>As much as is kept of what a program writes; the rest is read and dropped, so that it does not wait for us.</summary>
    private const int MostBytes = 1024 * 1024;

    /// <summary>How long what a program wrote is waited for after its end: something that it left running may hold its output open.</summary>
    private static readonly TimeSpan Tail = TimeSpan.FromSeconds(1);

    public static async Task<CallAnswer> CallAsync(Effect.Execute order, CancellationToken givenUp)
    {
        var start = new ProcessStartInfo(order.Command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = order.Directory ?? "",
        };
        foreach (var argument in order.Command.AsSpan()[1..])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in order.Environment)
        {
            start.Environment[name] = value;
        }

        Process? started;
        try
        {
            started = Process.Start(start);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or ArgumentException)
        {
            return new CallAnswer(CallOutcome.Unreachable, Value.Null, $"{order.Command[0]} cannot be started: {exception.Message}");
        }

        using var process = started!;
        await using var registration = givenUp.UnsafeRegister(static state => Kill((Process)state!), process);
        var (output, error) = (ReadAsync(process.StandardOutput.BaseStream), ReadAsync(process.StandardError.BaseStream));
        await WriteAsync(process, order, givenUp);
        await process.WaitForExitAsync(givenUp);
        await Task.WhenAny(Task.WhenAll(output, error), Task.Delay(Tail, TimeProvider.System, givenUp));
        return CallAnswer.Of(Value.Of(ValueMap.Of(
            ("exit", Value.Of((long)process.ExitCode)), ("output", Told(output)), ("error", Told(error) is { Kind: ValueKind.Text } text ? text : Value.Of(Told(error).ToJson())))));
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself, or is no longer ours to end.
        }
    }

    private static async Task WriteAsync(Process process, Effect.Execute order, CancellationToken givenUp)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(order.Input.AsMemory(), givenUp);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It reads no input.
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer)) > 0)
            {
                kept.Write(buffer, 0, (int)Math.Min(read, MostBytes - kept.Length));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Its end is the end of what it says.
        }

        return kept.ToArray();
    }

    /// <summary>What it wrote, without the end of its last line; as a payload stands for.</summary>
    private static Value Told(Task<byte[]> written)
    {
        var bytes = written.IsCompletedSuccessfully ? written.Result.AsSpan() : [];
        bytes = bytes is [.., (byte)'\n'] ? bytes[..^1] : bytes;
        bytes = bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes;
        return PayloadText.Decode(bytes);
    }
}
