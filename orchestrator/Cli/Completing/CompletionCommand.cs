using System.CommandLine;

namespace IotMqtt.Orchestrator.Cli.Completing;

/// <summary><c>iotmqtt completion SHELL</c>: what teaches a shell to complete command lines.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # eval "$(iotmqtt completion bash)"
            _iotmqtt() {
                local IFS=$'\n'
                COMPREPLY=( $(compgen -W "$(iotmqtt "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
            }
            complete -o default -F _iotmqtt iotmqtt
            """,
        ["zsh"] = """
            # eval "$(iotmqtt completion zsh)", after compinit
            _iotmqtt() {
                local -a found
                found=("${(@f)$(iotmqtt "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
                if [[ -n "$found[1]" ]]; then compadd -a found; else _files; fi
            }
            compdef _iotmqtt iotmqtt
            """,
        ["fish"] = """
            # iotmqtt completion fish | source
            complete -c iotmqtt -a '(iotmqtt "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
            """,
        ["pwsh"] = """
            # iotmqtt completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName iotmqtt -ScriptBlock {
                param($word, $line, $cursor)
                iotmqtt "[suggest:$cursor]" "$line" | Where-Object { $_ -like "$word*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """,
    };

    public static Command Create(CliCommands commands)
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", Scripts.Keys) };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        var command = new Command("completion", "Print the script that teaches a shell to complete command lines of iotmqtt");
        command.Arguments.Add(shell);
        commands.SetAction(command, (parsed, _, context, _) =>
        {
            var name = parsed.GetRequiredValue(shell);
            context.Output.WriteLine(Scripts.GetValueOrDefault(name)
                ?? throw new CliException(ExitCodes.InvalidInput, $"there is no script for '{name}'; there is: {string.Join(", ", Scripts.Keys)}"));
            return Task.FromResult(ExitCodes.Succeeded);
        });
        return command;
    }
}
