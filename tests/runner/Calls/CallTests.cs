using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Runner.Running;
using IotMqtt.Runner.Tests.Support;
using IotMqtt.Testing;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Runner.Tests.Calls;

/// <summary>Programs that call the system under test: a small server of this test, and programs of the operating system.</summary>
public sealed class CallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_carries_what_is_written_and_its_answer_is_its_result()
    {
        await using var sut = new Sut((request, respond) => respond(request.StartsWith("POST /units/7/reboot", StringComparison.Ordinal) ? 202 : 404, "{\"id\":18446744073709551615}"));

        var result = await RunAsync(
            Http("POST", $"{sut.Url}/units/7/reboot", body: new { force = true }, headers: new { accept = "application/json" }, status: 202).WithId("asked"),
            AssertThat("steps.asked.result.body.id == 18446744073709551615 && steps.asked.result.status == 202"),
            AssertThat("steps.asked.result.headers['content-type'] == 'application/json'"));

        Assert.Equal(RunStatus.Succeeded, result.Verdict.Status);
        Assert.Contains("accept: application/json", sut.Requests[0], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("content-type: application/json", sut.Requests[0], StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("{\"force\":true}", sut.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_made_again_until_its_answer_fits()
    {
        var asked = 0;
        await using var sut = new Sut((_, respond) => respond(++asked < 3 ? 503 : 200, asked < 4 ? "{\"state\":\"running\"}" : "{\"state\":\"done\"}"));

        var result = await RunAsync(
            Http("GET", sut.Url, where: "value.state == 'done'").WithRetry(9, policy => policy with { Initial = TimeSpan.FromMilliseconds(10), Jitter = 0 }));

        Assert.Equal(RunStatus.Succeeded, result.Verdict.Status);
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task A_target_that_hangs_ends_by_the_timeout_of_the_node()
    {
        await using var sut = new Sut((_, _) => { });

        var result = await RunAsync(Http("GET", sut.Url).WithTimeout(TimeSpan.FromMilliseconds(300)));

        Assert.Equal([$"steps[0] timed out: it did not end within 300ms"], result.Verdict.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public async Task Where_nobody_listens_the_step_is_unreachable()
    {
        var result = await RunAsync(Http("GET", "http://127.0.0.1:9/"));

        Assert.Equal(["steps[0] unreachable: GET http://127.0.0.1:9/ could not be answered: nobody listens there"], result.Verdict.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public async Task A_program_is_judged_by_its_exit_code_and_what_it_wrote()
    {
        var result = await RunAsync(
            (Exec("sh", "-c", "cat; echo \" $X\"; exit 3") with
            {
                Input = new PayloadTemplate(null, [.. "hello"u8]),
                Environment = [new("X", new Models.Expressions.ValueTemplate.Constant(Models.Values.Value.Of("world")))],
                Exits = [3],
            }).WithId("said"),
            AssertThat("steps.said.result.output == 'hello world' && steps.said.result.exit == 3"),
            Exec("sh", "-c", "echo '{\"n\":7}'; echo sorry >&2").WithId("json"),
            AssertThat("steps.json.result.output.n == 7 && steps.json.result.error == 'sorry'"),
            Exec("sh", "-c", "echo broken >&2; exit 1"));

        Assert.Equal(["steps[4] failed: sh ended with exit code 1, not with 0: \"broken\""], result.Verdict.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public async Task A_program_that_never_ends_is_killed_with_what_it_has_started()
    {
        var folder = Directory.CreateTempSubdirectory("iotmqtt-exec-");
        var pids = Path.Combine(folder.FullName, "pids");
        try
        {
            var result = await RunAsync(Exec("sh", "-c", $"sleep 600 & echo $! > {pids}; echo $$ >> {pids}; wait").WithTimeout(TimeSpan.FromSeconds(2)));

            Assert.Equal(StepStatus.TimedOut, Assert.Single(result.Verdict.Errors).Status);
            var started = (await File.ReadAllLinesAsync(pids, Token)).Select(line => int.Parse(line, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(2, started.Length);
            await Eventually.Async("both are gone", () => started.All(HasEnded), Token);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_unreachable_and_one_that_leaves_a_child_behind_ends()
    {
        var result = await RunAsync(
            Exec("sh", "-c", "sleep 5 & echo done").WithTimeout(TimeSpan.FromSeconds(4)).WithId("left"),
            AssertThat("steps.left.result.exit == 0"),
            Exec("no-such-program-anywhere"));

        Assert.Equal(StepStatus.Unreachable, Assert.Single(result.Verdict.Errors).Status);
    }

    [Fact]
    public void A_dry_run_calls_nobody_and_says_so()
    {
        var said = new List<string>();

        var result = ProgramRunner.DryRun(
            DeviceProgram.Create("p", Exec("no-such-program-anywhere").WithId("x"), AssertThat("steps.x.status == 'skipped'")),
            Home.Fleet, new ProgramRunOptions { Said = (_, words) => said.Add(words) }, cancellationToken: Token);

        Assert.Equal(RunStatus.Succeeded, result.Verdict.Status);
        Assert.Equal(["no-such-program-anywhere: not carried out in a dry run"], said);
    }

    private static bool HasEnded(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static async Task<ProgramResult> RunAsync(params Node[] steps)
    {
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Home.Fleet }, Token);
        return await runner.RunAsync(DeviceProgram.Create("calls", steps), Token);
    }

    /// <summary>An HTTP server that answers one request a connection, as it is told; or never.</summary>
    private sealed class Sut : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _over = new();
        private readonly Task _served;

        public Sut(Action<string, Action<int, string>> answer)
        {
            _listener.Start();
            _served = ServeAsync(answer);
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public List<string> Requests { get; } = [];

        public async ValueTask DisposeAsync()
        {
            await _over.CancelAsync();
            await _served;
            _listener.Dispose();
            _over.Dispose();
        }

        private async Task ServeAsync(Action<string, Action<int, string>> answer)
        {
            var open = new List<TcpClient>();
            try
            {
                while (true)
                {
                    var client = await _listener.AcceptTcpClientAsync(_over.Token);
                    open.Add(client);
                    var request = await ReadAsync(client.GetStream());
                    Requests.Add(request);
                    answer(request, (status, body) =>
                    {
                        client.GetStream().Write(Encoding.ASCII.GetBytes(
                            $"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {body.Length}\r\nconnection: close\r\n\r\n{body}"));
                        client.Close();
                    });
                }
            }
            catch (OperationCanceledException)
            {
                open.ForEach(client => client.Dispose());
            }
        }

        private async Task<string> ReadAsync(NetworkStream stream)
        {
            var text = new StringBuilder();
            var buffer = new byte[4096];
            while (true)
            {
                text.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, _over.Token)));
                var head = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal);
                var length = text.ToString().Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                if (head >= 0 && text.Length >= head + 4 + (length is null ? 0 : int.Parse(length["Content-Length:".Length..], System.Globalization.CultureInfo.InvariantCulture)))
                {
                    return text.ToString();
                }
            }
        }
    }
}
