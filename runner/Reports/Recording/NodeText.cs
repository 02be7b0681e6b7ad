using System.Globalization;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>A node of a program in a few words, as close to how it was written as a line allows.</summary>
internal static class NodeText
{
    private const int MaxLength = 60;

    /// <summary>The word for a kind of node, as the program says it.</summary>
    public static string Kind(NodeKind kind) => kind switch
    {
        NodeKind.Guard => "steps",
        NodeKind.Expecting => "expect",
        NodeKind.UndoAll => "undo",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>The same for a node that has not run.</summary>
    public static string Kind(Node node) => node switch
    {
        DoNode => "do",
        SequenceNode => "sequence",
        ParallelNode => "parallel",
        EachNode => "each",
        IfNode => "if",
        RepeatNode => "repeat",
        WaitNode => "wait",
        DelayNode => "delay",
        AssertNode => "assert",
        SetNode => "set",
        RunNode => "run",
        PublishNode => "publish",
        HttpNode => "http",
        ExecNode => "exec",
        FaultNode => "fault",
        LogNode => "log",
        FailNode => "fail",
        UndoAllNode => "undo",
        _ => "step",
    };

    /// <summary>Its name: its id, else what it says.</summary>
    public static string Label(Node node) => node.Id ?? What(node);

    /// <summary>What it says.</summary>
    public static string What(Node node) => Shorten(node switch
    {
        DoNode act => $"{act.Device.Name}.{act.Command}",
        EachNode each => $"each {Selection(each.Selection)}",
        IfNode choice => $"if {choice.Condition.Source}",
        RepeatNode repeat => Repeat(repeat),
        WaitNode wait => $"wait {Match(wait.Match)}",
        DelayNode delay => $"delay {Duration(delay.For)}",
        AssertNode assertion => $"assert {assertion.Condition.Source}",
        SetNode set => $"set {string.Join(", ", set.Variables.Select(variable => variable.Key))}",
        RunNode run => $"run {run.Program.Name}",
        PublishNode publish => $"publish {Template(publish.Topic)}",
        HttpNode http => $"{http.Method} {Template(http.Url)}",
        ExecNode exec => $"exec {string.Join(' ', exec.Command.Select(Template))}",
        FaultNode fault => $"fault on {string.Join(", ", fault.On.Select(target => target.Name))}",
        LogNode log => $"log {Template(log.Message)}",
        FailNode fail => $"fail {Template(fail.Message)}",
        UndoAllNode => "undo all",
        _ => Kind(node),
    });

    /// <summary>A value as it was written.</summary>
    public static string Template(ValueTemplate? template) => template switch
    {
        null => "",
        ValueTemplate.Constant { Value: { Kind: ValueKind.Text } text } => text.AsText,
        ValueTemplate.Constant constant => constant.Value.ToString() ?? "",
        ValueTemplate.Computed computed => $"${{{computed.Expression.Source}}}",
        ValueTemplate.Text text => string.Concat(text.Parts.Select(part => part.Literal ?? $"${{{part.Expression!.Source}}}")),
        ValueTemplate.List list => $"[{string.Join(", ", list.Items.Select(Template))}]",
        ValueTemplate.Map map => $"{{ {string.Join(", ", map.Entries.Select(entry => $"{entry.Key}: {Template(entry.Value)}"))} }}",
        _ => "…",
    };

    /// <summary>A length of time as a program writes it.</summary>
    public static string Duration(DurationTemplate? duration) => duration switch
    {
        null => "",
        { Constant: { } constant } => Duration(constant),
        _ => Template(duration.Computed),
    };

    /// <summary>A length of time as a program writes it: <c>500ms</c>, <c>5s</c>, <c>1m30s</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        if (time < TimeSpan.FromSeconds(1) || time.Milliseconds != 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.###}ms");
        }

        var hours = time.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalHours):0}h") : "";
        var minutes = time.Minutes > 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}m") : "";
        var seconds = time.Seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.Seconds}s") : "";
        return hours + minutes + seconds;
    }

    private static string Selection(DeviceSelection selection)
    {
        var labels = string.Join(", ", selection.Labels.Select(label => $"{label.Key}: {label.Value}"));
        return string.Join(' ', new[] { selection.Model, labels, string.Join(", ", selection.Ids) }.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static string Repeat(RepeatNode repeat) => repeat switch
    {
        { Times: { } times } => $"repeat {Template(times)}",
        { While: { } condition } => $"while {condition.Source}",
        { Until: { } condition } => $"until {condition.Source}",
        _ => $"for-each {Template(repeat.ForEach)}",
    };

    /// <summary>A message that is looked for: <c>telemetry attic.temperature where value > 21</c>.</summary>
    public static string Match(MatchSpec match)
    {
        var what = new[] { match.Device?.Name, Template(match.Entry) }.Where(part => !string.IsNullOrEmpty(part));
        var where = match.Where is null ? "" : $" where {match.Where.Source}";
        return $"{match.Kind.ToString().ToLowerInvariant()} {string.Join('.', what)}{where}";
    }

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= MaxLength ? line : string.Concat(line.AsSpan(0, MaxLength - 1), "…");
    }
}
