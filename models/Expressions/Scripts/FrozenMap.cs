using IotMqtt.Models.Values;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace IotMqtt.Models.Expressions.Scripts;

/// <summary>
/// A <see cref="ValueMap"/> as JavaScript sees it: read-only, converted member by member when asked, and strict: a member that it
/// does not have is an error. It has no prototype, so <c>toString</c> and the like are not there either.
/// </summary>
internal sealed class FrozenMap : ObjectInstance
{
    private readonly ScriptEngine _script;
    private readonly Naming _naming;
    private JsValue?[]? _converted;

    public FrozenMap(ScriptEngine script, ValueMap map, Naming naming)
        : base(script.Engine)
    {
        _script = script;
        _naming = naming;
        Map = map;
        SetPropertyAccessSemantics(PropertyAccessSemantics.Exotic);
        base.PreventExtensions();
    }

    public ValueMap Map { get; }

    public override JsValue Get(JsValue property, JsValue receiver)
    {
        if (!property.IsString())
        {
            return property.IsSymbol() ? Undefined : throw _script.Error(Missing(property.ToString()));
        }

        var name = property.AsString();
        return Slot(name) is var slot and >= 0 ? Convert(slot)
            : name == "toJSON" ? Undefined
            : throw _script.Error(Missing(name));
    }

    public override bool HasProperty(JsValue property) => property.IsString() && Slot(property.AsString()) >= 0;

    public override PropertyDescriptor GetOwnProperty(JsValue property) =>
        property.IsString() && Slot(property.AsString()) is var slot and >= 0
            ? new PropertyDescriptor(Convert(slot), writable: false, enumerable: true, configurable: false)
            : PropertyDescriptor.Undefined;

    protected override bool TryGetOwnPropertyValue(JsValue property, JsValue receiver, out JsValue value)
    {
        value = property.IsString() && Slot(property.AsString()) is var slot and >= 0 ? Convert(slot) : Undefined;
        return !value.IsUndefined();
    }

    protected override OwnPropertyProbe ProbeOwnProperty(JsValue property) =>
        HasProperty(property) ? OwnPropertyProbe.Enumerable : OwnPropertyProbe.Missing;

    public override List<JsValue> GetOwnPropertyKeys(Types types = Types.String | Types.Symbol)
    {
        var keys = new List<JsValue>(Map.Count);
        if ((types & Types.String) != 0)
        {
            foreach (var (name, _) in Map.Entries)
            {
                keys.Add(JsString.Create(name));
            }
        }

        return keys;
    }

    public override IEnumerable<KeyValuePair<JsValue, PropertyDescriptor>> GetOwnProperties() =>
        GetOwnPropertyKeys().Select(key => new KeyValuePair<JsValue, PropertyDescriptor>(key, GetOwnProperty(key)));

    public override bool Set(JsValue property, JsValue value, JsValue receiver) => throw _script.Error($"{Owner} cannot be changed");

    public override bool DefineOwnProperty(JsValue property, PropertyDescriptor desc) => throw _script.Error($"{Owner} cannot be changed");

    public override bool Delete(JsValue property) => throw _script.Error($"{Owner} cannot be changed");

    private string Owner => Map.TypeName ?? $"`{_naming}`";

    private string Missing(string name) => ExpressionErrors.NoProperty(name, Owner, Map.Select(entry => entry.Key));

    private int Slot(string name)
    {
        var entries = Map.Entries;
        for (var slot = 0; slot < entries.Length; slot++)
        {
            if (string.Equals(entries[slot].Key, name, StringComparison.Ordinal))
            {
                return slot;
            }
        }

        return -1;
    }

    private JsValue Convert(int slot)
    {
        ref readonly var entry = ref Map.Entries[slot];
        if (entry.Value.Kind is not (ValueKind.Map or ValueKind.List))
        {
            return _script.ToScript(entry.Value, default);
        }

        // The same object each time: a.b === a.b.
        _converted ??= new JsValue?[Map.Count];
        return _converted[slot] ??= _script.ToScript(entry.Value, new(this, entry.Key));
    }

    /// <summary>How messages call a value: its path, put together only when a message needs it.</summary>
    internal readonly record struct Naming(FrozenMap? Owner, string Name)
    {
        public override string ToString() => Owner is null ? Name : $"{Owner._naming}.{Name}";
    }
}
