using System.Text;
using IotMqtt.Broker.Access;

namespace IotMqtt.Broker.Hosting;

/// <summary><c>passwd FILE USER</c>: adds a user to a password file, or changes the password of one. The password is a line on standard input.</summary>
internal static class PasswordCommand
{
    public const string Name = "passwd";

    public static async Task<int> RunAsync(string[] arguments, TextReader input, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (arguments is not [var file, var user] || user.Length == 0 || user.IndexOfAny([':', '\n']) >= 0 || user[0] == '#')
        {
            await errors.WriteLineAsync($"usage: {Name} FILE USER; the password is read from standard input, and a user name has no colon");
            return ExitCode.InvalidOptions;
        }

        if (await input.ReadLineAsync(cancellationToken) is not { Length: > 0 } password)
        {
            await errors.WriteLineAsync("No password came on standard input.");
            return ExitCode.InvalidOptions;
        }

        try
        {
            await PasswordFile.SetAsync(file, user, Encoding.UTF8.GetBytes(password), cancellationToken);
            await output.WriteLineAsync($"{user} is in {file}; a broker that runs reads it at SIGHUP.");
            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            await errors.WriteLineAsync($"'{file}' cannot be written: {exception.Message}");
            return ExitCode.InvalidOptions;
        }
    }
}
