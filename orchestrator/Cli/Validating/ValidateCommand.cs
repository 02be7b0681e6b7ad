using System.CommandLine;
using IotMqtt.Models.Reading;
using IotMqtt.Orchestrator.Cli.Options;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli.Validating;

/// <summary><c>iotmqtt validate FILE…</c>: programs, fleets and models; everything that is wrong with all of them at once.</summary>
internal static class ValidateCommand
{
    public static Command Create(CliCommands commands)
    {
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "Programs, fleets and models, or folders of them; which each is, it says itself" };
        var fleet = CommonOptions.Fleet("the one that each program names");
        var plain = CommonOptions.Plain();
        var command = new Command("validate", "Check programs, fleets and models without running anything");
        command.Arguments.Add(files);
        command.Options.Add(fleet);
        command.Options.Add(plain);
        commands.SetAction(command, (parsed, source, context, _) =>
        {
            var output = context.Lines(source.IsOn(plain));
            var diagnostics = new DiagnosticBag();
            foreach (var file in FileFinder.Find(parsed.GetRequiredValue(files), _ => true, "program, fleet or model"))
            {
                var before = diagnostics.Noted;
                var what = FileCheck.Check(file, source.Text(fleet), context.Environment, diagnostics);
                if (diagnostics.Noted == before)
                {
                    output.Write(new(new Piece("✓ ", Tone.Good), file, new($": {what}", Tone.Soft)));
                }
            }

            return diagnostics.HasErrors ? throw new CliException(diagnostics, []) : Task.FromResult(ExitCodes.Succeeded);
        });
        return command;
    }
}
