using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace IotMqtt.Models.Expressions.Scripts;

/// <summary>
/// Stands behind the prototypes of lists and texts, in place of Object.prototype: a member that neither has (<c>items.lenght</c>)
/// is an error instead of undefined.
/// </summary>
internal sealed class MissingMember : ObjectInstance
{
    private readonly ScriptEngine _script;
    private readonly ObjectInstance _objectPrototype;
    private readonly ObjectInstance _prototype;
    private readonly string _what;

    public MissingMember(ScriptEngine script, ObjectInstance objectPrototype, ObjectInstance prototype, string what)
        : base(script.Engine)
    {
        _script = script;
        _objectPrototype = objectPrototype;
        _prototype = prototype;
        _what = what;
        Prototype = objectPrototype;
        SetPropertyAccessSemantics(PropertyAccessSemantics.Exotic);
    }

    public override JsValue Get(JsValue property, JsValue receiver)
    {
        if (property.IsSymbol() || _objectPrototype.HasProperty(property))
        {
            return _objectPrototype.Get(property, receiver);
        }

        var name = property.ToString();
        if (name == "toJSON")
        {
            return Undefined;
        }

        throw _script.Error(property.IsNumber() || (name.Length > 0 && char.IsAsciiDigit(name[0]))
            ? $"there is no item {name} in {_what}"
            : ExpressionErrors.NoProperty(name, _what, _prototype.GetOwnPropertyKeys().Where(key => key.IsString()).Select(key => key.AsString())));
    }

    public override PropertyDescriptor GetOwnProperty(JsValue property) => PropertyDescriptor.Undefined;
}
