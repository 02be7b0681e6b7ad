using Acornima.Ast;

namespace IotMqtt.Models.Expressions.Syntax;

/// <summary>The names that a function of an expression binds itself.</summary>
internal static class Bindings
{
    /// <summary>The names of a parameter or of the left side of a declaration.</summary>
    public static void Collect(Node? pattern, HashSet<string> names)
    {
        switch (pattern)
        {
            case Identifier name:
                names.Add(name.Name);
                break;
            case AssignmentPattern assignment:
                Collect(assignment.Left, names);
                break;
            case RestElement rest:
                Collect(rest.Argument, names);
                break;
            case ObjectPattern or ArrayPattern:
                foreach (var child in pattern.ChildNodes)
                {
                    Collect(child is Property property ? property.Value : child, names);
                }

                break;
        }
    }

    /// <summary>The names that are declared anywhere in a function's body, functions within it apart.</summary>
    public static void CollectDeclared(Node? node, HashSet<string> names)
    {
        if (node is null or IFunction or Acornima.Ast.Expression)
        {
            return;
        }

        if (node is VariableDeclarator variable)
        {
            Collect(variable.Id, names);
        }

        foreach (var child in node.ChildNodes)
        {
            CollectDeclared(child, names);
        }
    }
}
