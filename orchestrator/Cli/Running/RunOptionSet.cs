using System.CommandLine;
using IotMqtt.Hosting.Options;
using IotMqtt.Orchestrator.Cli.Options;
using IotMqtt.Orchestrator.Cli.Validating;
using IotMqtt.Runner.Reports.Targets;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>The options of <c>run</c>.</summary>
internal sealed class RunOptionSet
{
    private readonly Argument<string[]> _programs = new("PROGRAM") { Arity = ArgumentArity.OneOrMore, Description = "The program, a YAML file; several, or folders of them, run one after the other" };
    private readonly Option<string?> _fleet = CommonOptions.Fleet();
    private readonly BrokerOptionSet _broker = new();
    private readonly Option<string?> _timeout = new("--timeout") { HelpName = "TIME", Description = "How long the program may take; then what is in flight is cancelled [no limit]" };
    private readonly Option<string?> _stepTimeout = new("--step-timeout") { HelpName = "TIME", Description = "How long a step waits for its device, on top of what its model takes [30s]" };
    private readonly Option<bool> _leave = new("--leave") { Description = "With --fleet and --broker: leave on the broker what is retained of the fleet" };
    private readonly Option<string?> _maxLag = new("--max-lag") { HelpName = "TIME", Description = "How late the run and the workers may be; later, and the run has failed [it is said]" };
    private readonly Option<string[]> _set = new("--set") { HelpName = "NAME=VALUE", Description = "A parameter of the program; again for each" };
    private readonly Option<string?> _seed = CommonOptions.Seed();
    private readonly Option<string?> _output = new("--output") { HelpName = "text|json", Description = "What standard output gets: text, or one JSON document [text]" };
    private readonly Option<string[]> _report = new("--report") { HelpName = "KIND=FILE", Description = "A report: json, junit, html or markdown; again for each" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Against the models in virtual time: no broker, same verdict, no waiting" };
    private readonly Option<bool> _watch = new("--watch") { Description = "Run again whenever the program, its fleet or their files change" };
    private readonly Option<bool> _plain = CommonOptions.Plain();
    private readonly LogOptionSet _log = new();

    /// <summary>Adds them to the command.</summary>
    public void AddTo(Command command)
    {
        _output.CompletionSources.Add("text", "json");
        _report.CompletionSources.Add("json=", "junit=", "html=", "markdown=");
        command.Arguments.Add(_programs);
        command.Options.Add(_fleet);
        _broker.AddTo(command);
        foreach (var option in (Option[])[_timeout, _stepTimeout, _maxLag, _leave, _set, _seed, _output, _report, _dryRun, _watch, _plain])
        {
            command.Options.Add(option);
        }

        _log.AddTo(command);
    }

    /// <summary>The programs.</summary>
    /// <exception cref="CliException">There are none in a folder.</exception>
    public IReadOnlyList<string> Programs(ParseResult parsed) =>
        FileFinder.Find(parsed.GetRequiredValue(_programs), kind => kind == FileKind.Program, "program");

    /// <summary>What they say.</summary>
    /// <exception cref="CliException">Something is wrong with them; all of it is said.</exception>
    public RunRequest Read(IReadOnlyList<string> programs, OptionSource source)
    {
        var request = new RunRequest
        {
            Program = programs[0],
            Fleet = source.Text(_fleet),
            Broker = _broker.Broker(source),
            Tls = _broker.Tls(source),
            Root = _broker.Root(source),
            Timeout = source.Read(_timeout, OptionText.ExpectedDuration, OptionText.Duration),
            StepTimeout = source.Read(_stepTimeout, OptionText.ExpectedDuration, OptionText.Duration),
            Leaves = source.IsOn(_leave),
            MaxLag = source.Read(_maxLag, OptionText.ExpectedDuration, OptionText.Duration),
            Settings = SettingText.Read(source, _set),
            Seed = source.Read(_seed, "a whole number", OptionText.Seed),
            IsJson = source.Read(_output, "text or json", text => text switch { "text" => false, "json" => true, _ => (bool?)null }) ?? false,
            Reports = Reports(source),
            IsDryRun = source.IsOn(_dryRun),
            Watches = source.IsOn(_watch),
            IsPlain = source.IsOn(_plain),
            Log = _log.Read(source),
        };
        if (request is { Watches: true, IsJson: true })
        {
            source.Wrong("--watch and --output json exclude each other: a document has one run");
        }

        if (request.Watches && programs.Count > 1)
        {
            source.Wrong($"--watch is for one program, and there are {programs.Count}");
        }

        return source.Errors.Count == 0 ? request : throw new CliException(ExitCodes.InvalidInput, [.. source.Errors]);
    }

    private List<ReportTarget> Reports(OptionSource source)
    {
        var targets = new List<ReportTarget>();
        foreach (var text in source.Several(_report))
        {
            if (!ReportTarget.TryParse(text, out var target))
            {
                source.Wrong($"{source.SourceOf(_report)} is '{text}'; it takes {ReportTarget.Grammar}");
            }
            else if (!target.Path.Contains('{', StringComparison.Ordinal) && target.Check() is { } error)
            {
                source.Wrong(error);
            }
            else
            {
                targets.Add(target);
            }
        }

        return targets;
    }
}
