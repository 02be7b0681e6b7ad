using System.Diagnostics;
using IotMqtt.Broker.Access;
using IotMqtt.Broker.Hosting;
using IotMqtt.Testing;

namespace IotMqtt.Broker.Tests.Access;

public sealed class PasswordHashTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sha512-pbkdf2")]
    [InlineData("sha512")]
    public async Task What_mosquitto_passwd_writes_is_read(string kind)
    {
        var file = Path.GetTempFileName();
        using (var process = Process.Start(Tool.Find("mosquitto_passwd", "mosquitto"), ["-H", kind, "-b", file, "ann", "päss$word"]))
        {
            await Eventually.Async("it ends", process.WaitForExitAsync(Token), Token);
            Assert.Equal(0, process.ExitCode);
        }

        var (users, errors) = PasswordFile.Parse(file, await File.ReadAllLinesAsync(file, Token));
        File.Delete(file);

        Assert.Empty(errors);
        Assert.True(users["ann"].Matches("päss$word"u8));
        Assert.False(users["ann"].Matches("pass$word"u8));
        Assert.True(PasswordHash.TryParse(users["ann"].ToString(), out var again, out _) && again.Matches("päss$word"u8));
    }

    [Fact]
    public async Task The_command_adds_a_user_and_changes_a_password()
    {
        var folder = Directory.CreateTempSubdirectory("iotmqtt-passwd-");
        var file = Path.Combine(folder.FullName, "passwords");
        Assert.Equal(0, await SetAsync(file, "ann", "one"));
        Assert.Equal(0, await SetAsync(file, "bob", "two"));
        Assert.Equal(0, await SetAsync(file, "ann", "three"));
        Assert.Equal(2, await SetAsync(file, "a:b", "x"));
        Assert.Equal(2, await SetAsync(file, "ann", ""));

        var (users, errors) = PasswordFile.Parse(file, await File.ReadAllLinesAsync(file, Token));

        Assert.Empty(errors);
        Assert.Equal(["ann", "bob"], users.Keys.Order());
        Assert.True(users["ann"].Matches("three"u8));
        Assert.False(OperatingSystem.IsLinux() && File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void All_that_is_wrong_is_said_with_its_line()
    {
        var (users, errors) = PasswordFile.Parse("f", ["# a comment", "", "ann:plain", "nothing", "bob:$argon2id$v=19$x", "eve:$7$101$AAAA$AAAA", "eve:$6$!$!"]);

        Assert.Empty(users);
        Assert.Equal(["f:3", "f:4", "f:5", "f:6", "f:7"], errors.Select(error => error[..3]));
        Assert.Contains("not hashed", errors[0], StringComparison.Ordinal);
        Assert.Contains("argon2", errors[2], StringComparison.Ordinal);
    }

    private static Task<int> SetAsync(string file, string user, string password) =>
        PasswordCommand.RunAsync([file, user], new StringReader(password + "\n"), TextWriter.Null, TextWriter.Null, Token);
}
