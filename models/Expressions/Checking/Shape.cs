namespace IotMqtt.Models.Expressions.Checking;

/// <summary>
/// What is known of a value before there is one: for checking the members that expressions read. Immutable; shared by all devices of a
/// model.
/// </summary>
internal sealed class Shape
{
    private readonly IReadOnlyDictionary<string, Shape>? _members;

    private Shape(IReadOnlyDictionary<string, Shape>? members, string? typeName)
    {
        _members = members;
        TypeName = typeName;
    }

    /// <summary>Nothing is known: every member may be there.</summary>
    public static Shape Any { get; } = new(null, null);

    /// <summary>What messages call it, such as the name of a model; null: its path stands for it.</summary>
    public string? TypeName { get; }

    /// <summary>The names of its members; empty where they are not known.</summary>
    public IEnumerable<string> Members => _members?.Keys ?? [];

    /// <summary>A mapping with these members and no others.</summary>
    public static Shape Of(IReadOnlyDictionary<string, Shape> members, string? typeName = null) => new(members, typeName);

    /// <summary>A mapping with members of which only the names are known.</summary>
    public static Shape Of(IEnumerable<string> members, string? typeName = null) =>
        new(members.ToDictionary(name => name, _ => Any, StringComparer.Ordinal), typeName);

    /// <summary>Whether a member may be there.</summary>
    /// <param name="name">The member.</param>
    /// <param name="member">Its shape.</param>
    public bool TryGet(string name, out Shape member)
    {
        if (_members is null)
        {
            member = Any;
            return true;
        }

        return _members.TryGetValue(name, out member!);
    }
}
