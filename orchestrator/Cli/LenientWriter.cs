using System.Text;

namespace IotMqtt.Orchestrator.Cli;

/// <summary>
/// A stream that may stop taking what is written (a full disk, a closed descriptor): what a run does to devices must not end half-way because
/// nobody can be told of it. From then on nothing is written; <see cref="Failure"/> says why.
/// </summary>
internal sealed class LenientWriter(TextWriter inner) : TextWriter
{
    /// <summary>Why it takes nothing any more; null: it does.</summary>
    public string? Failure { get; private set; }

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(inner.Write, value);

    public override void Write(string? value) => Try(inner.Write, value);

    public override void Write(char[] buffer, int index, int count) => Try(inner.Write, new string(buffer, index, count));

    public override void WriteLine(string? value) => Try(inner.WriteLine, value);

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override void Flush() => Try(_ => inner.Flush(), 0);

    private void Try<T>(Action<T> write, T value)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            write(value);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // .NET calls a closed descriptor an access that is denied, and says within what it is.
            Failure = exception.GetBaseException().Message;
        }
    }
}
