using System.CommandLine;
using System.CommandLine.Help;
using IotMqtt.Hosting.Options;
using IotMqtt.Hosting.Telemetry;
using IotMqtt.Orchestrator.Cli.Catalogue;
using IotMqtt.Orchestrator.Cli.Completing;
using IotMqtt.Orchestrator.Cli.Devices;
using IotMqtt.Orchestrator.Cli.Diagnosing;
using IotMqtt.Orchestrator.Cli.Doctoring;
using IotMqtt.Orchestrator.Cli.Explaining;
using IotMqtt.Orchestrator.Cli.Health;
using IotMqtt.Orchestrator.Cli.Initialising;
using IotMqtt.Orchestrator.Cli.Running;
using IotMqtt.Orchestrator.Cli.Schemas;
using IotMqtt.Orchestrator.Cli.Sending;
using IotMqtt.Orchestrator.Cli.Starting;
using IotMqtt.Orchestrator.Cli.Starting.Detaching;
using IotMqtt.Orchestrator.Cli.Sweeping;
using IotMqtt.Orchestrator.Cli.Validating;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli;

/// <summary>The command line <c>iotmqtt</c>. docs/cli.md.</summary>
internal static class CliProgram
{
    /// <summary>What people call it.</summary>
    public const string Name = "iotmqtt";

    /// <summary>Carries out a command line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, CliContext context, CancellationToken cancellationToken = default)
    {
        await using var output = new LenientWriter(context.Output);
        await using var error = new LenientWriter(context.Error);
        var lenient = context with { Output = output, Error = error };
        using var telemetry = ProgramTelemetry.Start(Name, context.Environment);
        var code = await InvokeAsync(arguments, lenient, cancellationToken);
        if (output.Failure is not { } failure)
        {
            return code;
        }

        lenient.ErrorLines(arguments.Contains("--plain")).Write(new(new("error: ", Tone.Bad), $"standard output takes nothing any more: {failure}"));
        return code == ExitCodes.Succeeded ? ExitCodes.InvalidInput : code;
    }

    private static async Task<int> InvokeAsync(string[] arguments, CliContext context, CancellationToken cancellationToken)
    {
        var root = Create(context);
        if (Completions.IsAsked(arguments))
        {
            Completions.Answer(root, arguments, context.Output);
            return ExitCodes.Succeeded;
        }

        var parsed = root.Parse(arguments);
        var isPlain = arguments.Contains("--plain");
        if (UsageErrors.Of(parsed) is { Count: > 0 } errors)
        {
            SayUsage(parsed, errors, context.ErrorLines(isPlain));
            return ExitCodes.InvalidInput;
        }

        var invocation = new InvocationConfiguration
        {
            Output = context.Output,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (CliException exception)
        {
            return FailurePrinter.Print(exception, context, isPlain);
        }
        catch (OrchestratorException exception)
        {
            return FailurePrinter.Print(exception, context, isPlain);
        }
        catch (OperationCanceledException)
        {
            context.ErrorLines(isPlain).Write(new(new Piece("interrupted; nothing is running any more", Tone.Critical)));
            return ExitCodes.Interrupted;
        }
    }

    private static void SayUsage(ParseResult parsed, IReadOnlyList<string> errors, ITextOutput output)
    {
        foreach (var error in errors)
        {
            output.Write(new(new("error: ", Tone.Bad), error));
        }

        var name = parsed.CommandResult.Command.Name;
        output.Write(new(new Piece($"see {(name == Name ? name : $"{Name} {name}")} --help", Tone.Soft)));
    }

    // No RootCommand: that one is called after its assembly, and people call it iotmqtt.
    private static Command Create(CliContext context)
    {
        var commands = new CliCommands(context);
        return new Command(Name, "Emulates fleets of MQTT devices and runs programs against them.")
        {
            new HelpOption(),
            new VersionOption("--version", "-v"),
            RunCommand.Create(commands),
            ExplainCommand.Create(commands),
            ValidateCommand.Create(commands),
            UpCommand.Create(commands),
            DownCommand.Create(commands),
            DoctorCommand.Create(commands),
            DevicesCommand.Create(commands),
            SweepCommand.Create(commands),
            SendCommand.Create(commands),
            InitCommand.Create(commands),
            SchemaCommand.Create(commands),
            ModelsCommand.Create(commands),
            CompletionCommand.Create(commands),
            HealthCommand.Create(commands),
        };
    }
}
