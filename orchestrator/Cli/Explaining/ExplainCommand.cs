using System.CommandLine;
using IotMqtt.Models.Fleets;
using IotMqtt.Orchestrator.Cli.Options;
using IotMqtt.Orchestrator.Cli.Running;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli.Explaining;

/// <summary><c>iotmqtt explain PROGRAM</c>: what it will do, and how fast it could.</summary>
internal static class ExplainCommand
{
    public static Command Create(CliCommands commands)
    {
        var program = new Argument<string>("PROGRAM") { Description = "The program, a YAML file" };
        var fleet = CommonOptions.Fleet();
        var set = new Option<string[]>("--set") { HelpName = "NAME=VALUE", Description = "A parameter of the program; again for each" };
        var seed = CommonOptions.Seed();
        var plain = CommonOptions.Plain();
        var command = new Command("explain", "Print a program's plan and its ideal critical path; nothing is sent");
        command.Arguments.Add(program);
        command.Options.Add(fleet);
        command.Options.Add(set);
        command.Options.Add(seed);
        command.Options.Add(plain);
        commands.SetAction(command, (parsed, source, context, cancellationToken) =>
        {
            var request = new RunRequest
            {
                Program = parsed.GetRequiredValue(program),
                Fleet = source.Text(fleet),
                Settings = SettingText.Read(source, set),
                Seed = source.Read(seed, "a whole number", OptionText.Seed),
                IsDryRun = true,
            };
            if (source.Errors.Count > 0)
            {
                throw new CliException(ExitCodes.InvalidInput, [.. source.Errors]);
            }

            var number = request.Seed ?? RunInputs.DefaultSeed;
            var inputs = RunInputs.Read(request, context.Environment);
            Print(inputs, inputs.Fleet!, number, context.Lines(source.IsOn(plain)), cancellationToken);
            return Task.FromResult(ExitCodes.Succeeded);
        });
        return command;
    }

    private static void Print(RunInputs inputs, FleetDefinition fleet, ulong seed, ITextOutput output, CancellationToken cancellationToken)
    {
        var devices = fleet.Devices.Length == 1 ? "1 device" : $"{fleet.Devices.Length:N0} devices";
        output.Write(new(new(inputs.Program.Name, Tone.Strong), new($" on {fleet.Name}, {devices}", Tone.Soft)));
        foreach (var line in new PlanTree(fleet, output.Width).Draw(inputs.Program))
        {
            output.Write(line);
        }

        output.Write(TextLine.Empty);
        foreach (var line in IdealPath.Of(inputs, seed, cancellationToken))
        {
            output.Write(line);
        }
    }
}
