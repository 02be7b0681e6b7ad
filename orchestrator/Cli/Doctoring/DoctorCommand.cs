using System.CommandLine;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Orchestrator.Cli.Options;
using IotMqtt.Orchestrator.Cli.Running;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli.Doctoring;

/// <summary><c>iotmqtt doctor</c>: everything that is missing here, at once, with what to do about it.</summary>
internal static class DoctorCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static Command Create(CliCommands commands)
    {
        var broker = new BrokerOptionSet("none");
        var fleet = CommonOptions.Fleet("none");
        var plain = CommonOptions.Plain();
        var command = new Command("doctor", "Name everything that is missing on this machine, and what to do about it");
        command.Options.Add(fleet);
        broker.AddTo(command);
        command.Options.Add(plain);
        commands.SetAction(command, async (_, source, context, cancellationToken) =>
        {
            var options = new ProgramRunnerOptions { Broker = broker.Broker(source), Tls = broker.Tls(source), Root = broker.Root(source), Time = context.Time };
            var file = source.Text(fleet);
            var output = context.Lines(source.IsOn(plain));
            if (source.Errors.Count > 0)
            {
                throw new CliException(ExitCodes.InvalidInput, [.. source.Errors]);
            }

            var (devices, ofFleet) = Fleet(file, context);
            List<Finding> findings =
            [
                Checks.Runtime(),
                Checks.TemporaryFolder(),
                await Checks.LoopbackAsync(cancellationToken),
                Checks.OpenFiles(devices),
                .. ofFleet,
                .. options.Broker is { } url ? (Finding[])[await BrokerAsync(options, url, context, cancellationToken)] : [],
                await Checks.ToolAsync("mosquitto clients", "mosquitto_pub", ["--version"], "to command devices by hand", "install mosquitto-clients", mustSucceed: false, cancellationToken),
                await Checks.ToolAsync("docker", "docker", ["info", "--format", "{{.ServerVersion}}"], "for the compose file and the image", "start a Docker engine", mustSucceed: true, cancellationToken),
            ];
            foreach (var finding in findings)
            {
                Print(finding, output);
            }

            var missing = findings.Count(finding => finding.Verdict is FindingVerdict.Missing or FindingVerdict.Unreachable);
            output.Write(TextLine.Empty);
            output.Write(new(missing == 0 ? new Piece("✓ programs can run here", Tone.Good) : new Piece(missing == 1 ? "✕ 1 thing is missing" : $"✕ {missing} things are missing", Tone.Bad)));
            return findings.Any(finding => finding.Verdict == FindingVerdict.Missing) ? ExitCodes.InvalidInput
                : missing > 0 ? ExitCodes.BrokerUnreachable
                : ExitCodes.Succeeded;
        });
        return command;
    }

    private static (int? Devices, Finding[] Findings) Fleet(string? file, CliContext context)
    {
        if (file is null)
        {
            return (null, []);
        }

        var diagnostics = new DiagnosticBag();
        return FleetFile.Read(file, new FleetOptions { Seed = RunInputs.DefaultSeed, Environment = context.Environment }, diagnostics) is { } fleet
            ? (fleet.Devices.Length, [new("fleet", FindingVerdict.Good, $"{fleet.Name}, {fleet.Devices.Length} devices")])
            : (null, [.. diagnostics.Select(diagnostic => new Finding("fleet", FindingVerdict.Missing, $"{diagnostic.At}: {diagnostic.Message}", diagnostic.Suggestion))]);
    }

    private static async Task<Finding> BrokerAsync(ProgramRunnerOptions options, BrokerUrl url, CliContext context, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using var connection = await DeviceConnection.ConnectAsync(options, either.Token);
            var found = await connection.ListAsync(either.Token);
            return new("broker", FindingVerdict.Good, $"{url} lets us in, {found.Count} devices are there");
        }
        catch (OrchestratorException exception)
        {
            return new("broker", FindingVerdict.Unreachable, exception.Message, "start it, or mend its address, its credentials (--username, IOTMQTT_PASSWORD) or its certificates (--tls-ca)");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new("broker", FindingVerdict.Unreachable, $"{url} did not answer within {Limit.TotalSeconds} s", "mend its address, or what is between");
        }
    }

    private static void Print(Finding finding, ITextOutput output)
    {
        var (mark, tone) = finding.Verdict switch
        {
            FindingVerdict.Good => ("✓", Tone.Good),
            FindingVerdict.Optional => ("–", Tone.Refused),
            _ => ("✕", Tone.Bad),
        };
        output.Write(new(new($"{mark} {finding.Name,-18}", tone), finding.Detail, new(finding.Remedy is null ? "" : $"; {finding.Remedy}", Tone.Active)));
    }
}
