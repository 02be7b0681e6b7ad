using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.StandIns;

/// <summary>The members of a class that its devices have, found once.</summary>
internal sealed class StandInShape
{
    private static readonly ConcurrentDictionary<Type, StandInShape> Known = new();

    private StandInShape(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var methods = type.GetMethods(All);
        Properties = [.. Marked<PropertyInfo, PropertyAttribute>(type.GetProperties(All)).Select(one => (one.Mark.Name ?? StandInTypes.Camel(one.Member.Name), one.Member))];
        Commands = Named<CommandAttribute>(methods, (mark, method) => mark.Name ?? StandInTypes.Kebab(method.Name));
        Receivers = Named<ReceivesAttribute>(methods, (mark, method) => mark.Name ?? StandInTypes.Kebab(method.Name));
        Readings = Named<TelemetryAttribute>(methods, (mark, method) => mark.Name ?? StandInTypes.Kebab(method.Name));
        Guards = methods.SelectMany(method => method.GetCustomAttributes<RequiresAttribute>().Select(mark => (mark.Command, method)))
            .GroupBy(one => one.Command).ToDictionary(group => group.Key, group => group.Select(one => one.method).ToArray());
        Timers = [.. Marked<MethodInfo, EveryAttribute>(methods).Select(one => (one.Member, Duration(one.Mark.Every, one.Member)))];
    }

    public (string Name, PropertyInfo Property)[] Properties { get; }

    public Dictionary<string, MethodInfo> Commands { get; }

    public Dictionary<string, MethodInfo> Receivers { get; }

    public Dictionary<string, MethodInfo> Readings { get; }

    public Dictionary<string, MethodInfo[]> Guards { get; }

    public (MethodInfo Method, DurationSpec Every)[] Timers { get; }

    public static StandInShape Of(Type type) => Known.GetOrAdd(type, static type => new StandInShape(type));

    /// <summary>Calls a method; what it throws comes out as it is.</summary>
    public static object? Invoke(MethodInfo method, object target, object?[] arguments)
    {
        try
        {
            return method.Invoke(target, arguments);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    /// <summary>The arguments of a command, for the parameters of a method.</summary>
    public static object?[] Arguments(MethodInfo method, ValueMap arguments) =>
        [.. method.GetParameters().Select(parameter => StandInTypes.ToClr(arguments.TryGet(parameter.Name!, out var value) ? value : Value.Null, parameter.ParameterType))];

    private static Dictionary<string, MethodInfo> Named<T>(MethodInfo[] methods, Func<T, MethodInfo, string> name)
        where T : Attribute => Marked<MethodInfo, T>(methods).ToDictionary(one => name(one.Mark, one.Member), one => one.Member, StringComparer.Ordinal);

    private static IEnumerable<(TMember Member, TMark Mark)> Marked<TMember, TMark>(IEnumerable<TMember> members)
        where TMember : MemberInfo
        where TMark : Attribute => members.Select(member => (member, member.GetCustomAttribute<TMark>())).Where(one => one.Item2 is not null)!;

    private static DurationSpec Duration(string text, MethodInfo method)
    {
        var diagnostics = new DiagnosticBag();
        var at = new SourcePosition($"({method.DeclaringType!.Name}.{method.Name})", 1, 1);
        return NodeReader.DurationSpec(new YamlScalar(at, text, IsQuoted: true), "every", diagnostics) ?? throw new InvalidFileException([.. diagnostics]);
    }
}
