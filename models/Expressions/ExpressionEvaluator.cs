using System.Text;
using IotMqtt.Models.Expressions.Direct;
using IotMqtt.Models.Expressions.Scripts;
using IotMqtt.Models.Values;
using Jint.Runtime;

namespace IotMqtt.Models.Expressions;

/// <summary>
/// Evaluates expressions: simple ones itself, the rest in one Jint engine that is made when first needed and then used again.
/// Not thread-safe: one a thread, shared by all that the thread does. Nothing stays behind from one evaluation to the next.
/// </summary>
internal sealed class ExpressionEvaluator
{
    private readonly DirectFrame _frame = new();
    private ScriptEngine? _scripts;

    /// <summary>Whether everything goes through Jint, for tests that compare.</summary>
    internal bool ScriptsOnly { get; init; }

    /// <summary>Evaluates an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="scope">What its names stand for.</param>
    /// <param name="inputs">Time and chance.</param>
    public Evaluation Evaluate(Expression expression, IExpressionScope scope, in ExpressionInputs inputs = default)
    {
        var evaluation = Compute(expression, scope, inputs);
        return ValueBounds.Problem(evaluation.Value) is { } problem ? Evaluation.Fail(ExpressionErrors.Failed(expression, problem)) : evaluation;
    }

    private Evaluation Compute(Expression expression, IExpressionScope scope, in ExpressionInputs inputs)
    {
        var names = expression.Names;
        _frame.Reserve(names.Length);
        _frame.Scope = scope;
        try
        {
            for (var name = 0; name < names.Length; name++)
            {
                if (!scope.TryResolve(names[name].Name, out _frame.Slots[name]))
                {
                    return Evaluation.Fail(ExpressionErrors.NoName(names[name], expression, scope));
                }
            }

            if (expression.Direct is { } direct && !ScriptsOnly)
            {
                switch (direct.Evaluate(_frame, out var value))
                {
                    case DirectOutcome.Done:
                        return Evaluation.Of(value);
                    case DirectOutcome.Failed:
                        return Evaluation.Fail(_frame.Error!);
                }
            }

            return (_scripts ??= new()).Evaluate(expression, scope, _frame.Slots.AsSpan(0, names.Length), inputs);
        }
        finally
        {
            _frame.Clear(names.Length);
        }
    }

    /// <summary>Evaluates a condition: anything but true or false is a failure that says what it was.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="scope">What its names stand for.</param>
    /// <param name="inputs">Time and chance.</param>
    /// <param name="explained">Whether one that does not hold is to say what it looked at: <see cref="Evaluation.Seen"/>.</param>
    public Evaluation EvaluateCondition(Expression expression, IExpressionScope scope, in ExpressionInputs inputs = default, bool explained = false)
    {
        var evaluation = Evaluate(expression, scope, inputs);
        return evaluation.Failed ? evaluation
            : evaluation.Value.Kind != ValueKind.Boolean ? Evaluation.Fail(ExpressionErrors.NotACondition(expression, evaluation.Value))
            : explained && !evaluation.Value.AsBoolean ? evaluation with { Seen = SeenValues.Of(expression, scope)?.ToString() }
            : evaluation;
    }

    /// <summary>Evaluates all that a value template holds.</summary>
    /// <param name="template">The template.</param>
    /// <param name="scope">What its names stand for.</param>
    /// <param name="inputs">Time and chance; each expression of the template starts from them.</param>
    public Evaluation Evaluate(ValueTemplate template, IExpressionScope scope, in ExpressionInputs inputs = default)
    {
        var evaluation = Compute(template, scope, inputs);
        return !template.IsConstant && ValueBounds.Problem(evaluation.Value) is { } problem ? Evaluation.Fail(problem) : evaluation;
    }

    private Evaluation Compute(ValueTemplate template, IExpressionScope scope, in ExpressionInputs inputs) => template switch
    {
        ValueTemplate.Constant constant => Evaluation.Of(constant.Value),
        ValueTemplate.Computed computed => Compute(computed.Expression, scope, inputs),
        ValueTemplate.Text text => Text(text, scope, inputs),
        ValueTemplate.List list => List(list, scope, inputs),
        _ => Map((ValueTemplate.Map)template, scope, inputs),
    };

    private Evaluation Text(ValueTemplate.Text template, IExpressionScope scope, in ExpressionInputs inputs)
    {
        var text = new StringBuilder();
        foreach (var part in template.Parts)
        {
            if (part.Expression is null)
            {
                text.Append(part.Literal);
                continue;
            }

            var evaluation = Evaluate(part.Expression, scope, inputs);
            if (evaluation.Failed)
            {
                return evaluation;
            }

            text.Append(TextOf(evaluation.Value));
            if (text.Length > ValueBounds.MaxTextLength)
            {
                return Evaluation.Fail(ExpressionErrors.Failed(part.Expression, $"the text came to more than {ValueBounds.MaxTextLength} characters"));
            }
        }

        return Evaluation.Of(Value.Of(text.ToString()));
    }

    private Evaluation List(ValueTemplate.List template, IExpressionScope scope, in ExpressionInputs inputs)
    {
        var items = new Value[template.Items.Length];
        for (var item = 0; item < items.Length; item++)
        {
            var evaluation = Compute(template.Items[item], scope, inputs);
            if (evaluation.Failed)
            {
                return evaluation;
            }

            items[item] = evaluation.Value;
        }

        return Evaluation.Of(Value.Of(items));
    }

    private Evaluation Map(ValueTemplate.Map template, IExpressionScope scope, in ExpressionInputs inputs)
    {
        var map = new ValueMap.Builder();
        foreach (var (name, entry) in template.Entries)
        {
            var evaluation = Compute(entry, scope, inputs);
            if (evaluation.Failed)
            {
                return evaluation;
            }

            map.Set(name, evaluation.Value);
        }

        return Evaluation.Of(Value.Of(map.Build()));
    }

    /// <summary>A value within text: text as it is, numbers as JavaScript writes them, lists and maps as JSON.</summary>
    private static string TextOf(Value value) => value.Kind switch
    {
        ValueKind.Text => value.AsText,
        ValueKind.Number => TypeConverter.ToString(value.AsNumber),
        _ => value.ToJson(),
    };
}
