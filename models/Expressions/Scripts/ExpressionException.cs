using Jint;
using Jint.Runtime;

namespace IotMqtt.Models.Expressions.Scripts;

/// <summary>An error of an expression that says all that there is to say. It never leaves the evaluator.</summary>
internal sealed class ExpressionException(Engine engine, string message)
    : JavaScriptException(engine.Intrinsics.TypeError, message);
