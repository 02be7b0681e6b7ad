using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Expressions.Direct;
using IotMqtt.Models.Expressions.Syntax;
using IotMqtt.Models.Values;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace IotMqtt.Models.Expressions.Scripts;

/// <summary>
/// One Jint engine, set up once for any number of expressions: strict, without the CLR, bounded in statements, recursion, memory
/// and regular expressions, with everything that JavaScript brings along frozen.
/// </summary>
internal sealed class ScriptEngine
{
    public const int MaxStatements = 10_000;
    public const int MaxRecursion = 64;
    public const int MaxListLength = 100_000;
    public const int MaxTextLength = ValueBounds.MaxTextLength;
    public const long MaxMemory = 16 * 1024 * 1024;
    public static readonly TimeSpan MaxRegexTime = TimeSpan.FromMilliseconds(250);

    private readonly InputClock _clock = new();
    private readonly ConditionalWeakTable<Expression, JsValue> _functions = [];
    private readonly ConditionalWeakTable<Expression, JsValue> _checkedFunctions = [];
    private readonly JsValue _freeze;
    private SeededChance _chance;
    private JsValue? _raised;
    private bool _metLargeNumber;

    public ScriptEngine()
    {
        Engine = new Engine(options => options
            .Strict()
            .DisableStringCompilation()
            .MaxStatements(MaxStatements)
            .LimitMemory(MaxMemory)
            .Configure(_clock));
        Engine.SetValue("device", new ClrFunction(Engine, "device", (_, arguments) => Device(arguments)));
        Engine.SetValue("pad", new ClrFunction(Engine, "pad", (_, arguments) => Pad(arguments)));
        Engine.SetValue(JavaScriptNames.InHelper, new ClrFunction(Engine, "in", (_, arguments) => In(arguments[0], arguments[1])));
        Engine.SetValue("$large$", new ClrFunction(Engine, "large", (_, arguments) => throw Error(ExpressionErrors.NoCalculation(arguments[0].ToString()))));
        var math = Engine.GetValue("Math").AsObject();
        math.Set("random", new ClrFunction(Engine, "random", (_, _) => JsNumber.Create(_chance.NextDouble())));
        var text = Engine.GetValue("String").AsObject().Get("prototype").AsObject();
        text.Set("repeat", new ClrFunction(Engine, "repeat", (self, arguments) => Repeat(self, arguments)));
        Surround("Array", "a list");
        Surround("String", "a text");
        Surround("Number", "a number");
        Surround("BigInt", "a number");
        Surround("Boolean", "a boolean");
        Engine.Execute("""
            for (const type of [Array, BigInt, Boolean, Date, Map, Number, Object, RegExp, Set, String, (() => {}).constructor]) {
              Object.freeze(type.prototype);
              Object.freeze(type);
            }
            globalThis.$math$ = (operation, a, b) => {
              const large = typeof a === 'bigint' ? a : b;
              if (typeof large === 'bigint' && !(operation === '+' && (typeof a === 'string' || typeof b === 'string'))) $large$(large);
              switch (operation) {
                case '+': return a + b;
                case '-': return a - b;
                case '*': return a * b;
                case '/': return a / b;
                case '%': return a % b;
                case '**': return a ** b;
                case '&': return a & b;
                case '|': return a | b;
                case '^': return a ^ b;
                case '<<': return a << b;
                default: return a >> b;
              }
            };
            Object.freeze(Math);
            Object.freeze(JSON);
            """);
        _freeze = Engine.Evaluate("Object.freeze");
    }

    public Engine Engine { get; }

    private IExpressionScope Scope { get; set; } = null!;

    /// <summary>Calls the function of an expression with the values of its names.</summary>
    public Evaluation Evaluate(Expression expression, IExpressionScope scope, ReadOnlySpan<Value> names, in ExpressionInputs inputs)
    {
        _metLargeNumber = expression.HasLargeNumbers;
        var evaluation = Evaluate(expression, _functions, static known => known.Script, scope, names, inputs);

        // An evaluation has no effects: where it may have calculated with a number that it must not calculate with, it is made again, and watched.
        return _metLargeNumber && expression.CheckedScript is not null
            ? Evaluate(expression, _checkedFunctions, static known => known.CheckedScript!, scope, names, inputs)
            : evaluation;
    }

    private Evaluation Evaluate(
        Expression expression,
        ConditionalWeakTable<Expression, JsValue> functions,
        Func<Expression, ExpressionScript> script,
        IExpressionScope scope,
        ReadOnlySpan<Value> names,
        in ExpressionInputs inputs)
    {
        Scope = scope;
        _clock.Now = inputs.Now;
        _chance = new(inputs.Seed);
        try
        {
            var function = functions.GetValue(expression, known => Engine.Evaluate(script(known).Prepared));
            var arguments = new JsValue[names.Length];
            for (var name = 0; name < names.Length; name++)
            {
                arguments[name] = ToScript(names[name], new(null, expression.Names[name].Name));
            }

            return ScriptValues.FromScript(Engine.Call(function, arguments), expression);
        }
        catch (JavaScriptException exception)
        {
            // Jint may throw the same error again as an exception of its own.
            return Evaluation.Fail(
                ReferenceEquals(exception.Error, _raised) ? exception.Message
                : ExpressionErrors.Failed(expression, ExpressionErrors.WithoutBigInt(exception.Message)));
        }
        catch (StatementsCountOverflowException)
        {
            return Evaluation.Fail(ExpressionErrors.Failed(expression, $"it took more than {MaxStatements} statements; does it ever end?"));
        }
        catch (RecursionDepthOverflowException)
        {
            return Evaluation.Fail(ExpressionErrors.Failed(expression, $"it calls itself more than {MaxRecursion} levels deep; does it ever end?"));
        }
        catch (MemoryLimitExceededException)
        {
            return Evaluation.Fail(ExpressionErrors.Failed(expression, $"it took more than {MaxMemory / (1024 * 1024)} MiB of memory"));
        }
        catch (Exception exception) when (exception is OutOfMemoryException or InsufficientExecutionStackException)
        {
            // A text longer than the runtime's limit, or functions nested in each other: nothing was allocated, nothing is broken.
            return Evaluation.Fail(ExpressionErrors.Failed(expression, "it took too much memory"));
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            return Evaluation.Fail(ExpressionErrors.Failed(expression, "a regular expression took too long"));
        }
        catch (JintException exception)
        {
            return Evaluation.Fail(ExpressionErrors.Failed(expression, exception.Message));
        }
        finally
        {
            _raised = null;
            Scope = null!;
        }
    }

    /// <summary>A value for JavaScript: scalars at once, maps wrapped, lists copied and frozen.</summary>
    public JsValue ToScript(Value value, FrozenMap.Naming naming) => value.Kind switch
    {
        ValueKind.Null => JsValue.Null,
        ValueKind.Boolean => value.AsBoolean ? JsBoolean.True : JsBoolean.False,
        ValueKind.Integer when DirectNumbers.IsSafe(value) => JsNumber.Create(value.AsInteger),
        ValueKind.Integer or ValueKind.BigInteger => Large(value.AsBigInteger),
        ValueKind.Number => JsNumber.Create(value.AsNumber),
        ValueKind.Text => JsString.Create(value.AsText),
        ValueKind.Map => new FrozenMap(this, value.AsMap, naming),
        _ => List(value.AsList, naming),
    };

    private JsBigInt Large(BigInteger value)
    {
        _metLargeNumber = true;
        return new JsBigInt(value);
    }

    /// <summary>An error that an expression runs into because of its data.</summary>
    public JavaScriptException Error(string message)
    {
        var exception = new JavaScriptException(Engine.Intrinsics.TypeError, message);
        _raised = exception.Error;
        return exception;
    }

    private JsValue List(ReadOnlySpan<Value> items, FrozenMap.Naming naming)
    {
        var converted = new JsValue[items.Length];
        for (var item = 0; item < items.Length; item++)
        {
            converted[item] = ToScript(items[item], items[item].Kind == ValueKind.Map ? new(naming.Owner, $"{naming.Name}[{item}]") : naming);
        }

        return Engine.Call(_freeze, [new JsArray(Engine, converted)]);
    }

    private JsValue Device(JsValue[] arguments)
    {
        if (arguments is not [var id, ..] || !id.IsString())
        {
            throw Error("device('id') takes the id of a device, a text");
        }

        return Scope.TryResolveDevice(id.AsString(), out var device)
            ? ToScript(device, new(null, $"device('{id.AsString()}')"))
            : throw Error(ExpressionErrors.NoDevice(id.AsString(), Scope));
    }

    private JsString Pad(JsValue[] arguments) =>
        arguments is [var number, var width] && ScriptValues.TryNumber(number, out var whole) && ScriptValues.TryNumber(width, out var places)
            && Padding.TryPad(whole, places, out var text)
            ? JsString.Create(text)
            : throw Error(Padding.Usage);

    /// <summary>Jint's own would make a gigabyte of text before it looks at the limit of memory.</summary>
    private JsString Repeat(JsValue self, JsValue[] arguments)
    {
        var text = TypeConverter.ToString(self);
        var count = arguments is [var given, ..] ? TypeConverter.ToNumber(given) : 0;
        return count >= 0 && text.Length * Math.Floor(count) <= MaxTextLength
            ? JsString.Create(new StringBuilder().Insert(0, text, (int)count).ToString())
            : throw Error($"repeat({count}) would be longer than {MaxTextLength} characters");
    }

    private JsBoolean In(JsValue name, JsValue owner) => owner switch
    {
        _ when owner.IsArray() => throw Error("`in` on a list asks for a position, not for an item; write list.includes(item)"),
        ObjectInstance map => map.HasProperty(TypeConverter.ToPropertyKey(name)) ? JsBoolean.True : JsBoolean.False,
        _ => throw Error("`in` needs a mapping on its right side"),
    };

    private void Surround(string type, string what)
    {
        var prototype = Engine.GetValue(type).AsObject().Get("prototype").AsObject();
        var objectPrototype = Engine.GetValue("Object").AsObject().Get("prototype").AsObject();
        Engine.Call(Engine.Evaluate("Object.setPrototypeOf"), [prototype, new MissingMember(this, objectPrototype, prototype, what)]);
    }
}

/// <summary>Sets the options that have no method.</summary>
internal static class ScriptOptions
{
    public static Options Configure(this Options options, InputClock clock)
    {
        options.TimeSystem = clock;
        options.TimeZone = TimeZoneInfo.Utc;
        options.Culture = CultureInfo.InvariantCulture;
        options.Constraints.MaxRecursionDepth = ScriptEngine.MaxRecursion;
        options.Constraints.StackOverflowGuard = true;
        options.Constraints.MaxArraySize = ScriptEngine.MaxListLength;
        options.Constraints.RegexTimeout = ScriptEngine.MaxRegexTime;
        return options;
    }
}
