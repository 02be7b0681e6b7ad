using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Json;
using IotMqtt.Runner.Reports.JUnit;
using IotMqtt.Runner.Reports.Targets;

namespace IotMqtt.Orchestrator.Cli.Running.Series;

/// <summary>
/// The reports of several programs. A file with <c>{program}</c> in its name is one for each program. Without, JUnit has a suite for each, Markdown
/// a section, standard output's JSON an element of an array; an HTML page and a JSON file have one run.
/// </summary>
internal sealed class SeriesReports : IDisposable
{
    private const string Placeholder = "{program}";
    private const string Shared = "junit";

    private readonly CliContext _context;
    private readonly bool _isJson;
    private readonly List<ReportTarget> _targets;
    private readonly List<JUnitFile> _suites = [];
    private readonly List<string> _errors = [];
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private bool _hasElement;

    /// <summary>Checks that each report can be written, and begins those that several programs share.</summary>
    /// <exception cref="CliException">One cannot.</exception>
    public SeriesReports(RunRequest request, IReadOnlyList<string> programs, CliContext context)
    {
        (_context, _isJson, _targets) = (context, request.IsJson, [.. request.Reports]);
        var wrong = programs.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1 && _targets.Any(IsOwn))
            .Select(group => $"{group.Count()} programs are called {group.Key}: their reports would overwrite each other").ToList();
        wrong.AddRange(_targets.Where(target => target.Kind is "html" or "json" && !IsOwn(target))
            .Select(target => $"the {target.Kind} report {target.Path} has one program, and there are {programs.Count}: put {Placeholder} into its name"));
        wrong.AddRange(_targets.Where(IsOwn).SelectMany(target => programs.Select(name => For(target, name).Check())).OfType<string>());
        if (wrong.Count > 0)
        {
            throw new CliException(ExitCodes.InvalidInput, wrong);
        }

        if (_isJson)
        {
            context.Output.Write("[");
        }
    }

    /// <summary>What is asked for, with the one program's name in the names of reports.</summary>
    /// <exception cref="CliException">A report cannot be written.</exception>
    public static RunRequest ForOne(RunRequest request, string program)
    {
        var own = request.Reports.Where(IsOwn).Select(target => For(target, program).Check()).OfType<string>().ToList();
        return own.Count == 0
            ? request with { Reports = [.. request.Reports.Select(target => For(target, program))] }
            : throw new CliException(ExitCodes.InvalidInput, own);
    }

    /// <summary>The reports that are a program's own, and those that it adds itself to.</summary>
    public IReadOnlyList<ReportTarget> Own(string program) =>
        [.. _targets.Where(target => IsOwn(target) || target.Kind == "markdown").Select(target => For(target, program) with { Appends = !IsOwn(target) && !_begun.Add(target.Path) })];

    /// <summary>A program has run.</summary>
    public void Add(RunReport report)
    {
        if (_isJson)
        {
            Element();
            JsonReport.Write(report, _context.Output);
        }

        Suites(file => file.Add(report));
    }

    /// <summary>A program could not begin.</summary>
    public void AddUnbegun(string program, string path, string error)
    {
        if (_isJson)
        {
            Element();
            _context.Output.WriteLine(UnbegunJson.Text(program, path, error));
        }

        Suites(file => file.AddUnbegun(program, path, error));
    }

    /// <summary>All have run.</summary>
    /// <returns>What could not be written.</returns>
    public IReadOnlyList<string> End()
    {
        if (_isJson)
        {
            _context.Output.WriteLine("]");
        }

        Suites(file => file.End());
        return _errors;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _suites)
        {
            file.Dispose();
        }
    }

    private static bool IsOwn(ReportTarget target) => target.Path.Contains(Placeholder, StringComparison.Ordinal);

    private static ReportTarget For(ReportTarget target, string program) => target with { Path = target.Path.Replace(Placeholder, program, StringComparison.Ordinal) };

    private void Element()
    {
        _context.Output.WriteLine(_hasElement ? "," : "");
        _hasElement = true;
    }

    private void Suites(Action<JUnitFile> write)
    {
        foreach (var target in _targets.Where(target => target.Kind == Shared && !IsOwn(target)))
        {
            try
            {
                var file = _suites.Find(each => each.Path == target.Path);
                if (file is null)
                {
                    _suites.Add(file = new JUnitFile(target.Path));
                }

                write(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                _errors.Add($"the {target.Kind} report cannot be written to {target.Path}: {exception.Message.TrimEnd('.')}");
            }
        }
    }
}
