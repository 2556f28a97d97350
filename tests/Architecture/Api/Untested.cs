using System.Reflection;
using System.Runtime.CompilerServices;

namespace Handoff.Architecture.Tests.Api;

internal static class Untested
{
    private static readonly Dictionary<string, string> Operators = new()
    {
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_LessThan"] = "<",
        ["op_GreaterThan"] = ">",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThanOrEqual"] = ">=",
        ["op_BitwiseOr"] = "|",
        ["op_BitwiseAnd"] = "&",
        ["op_LogicalNot"] = "!",
        ["op_UnaryNegation"] = "-",
        ["op_Increment"] = "++",
        ["op_Decrement"] = "--",
    };

    // By the words of the tests, which is coarse: a name counts for all its overloads and for every type that has it.
    public static IEnumerable<string> In(IEnumerable<Type> types, HashSet<string> words) =>
        from type in types
        where !typeof(Delegate).IsAssignableFrom(type)
        from method in PublicMethods(type)
        where !Spellings(type, method).Any(words.Contains)
        orderby type.FullName, method.Name
        select $"{TypeName.Of(type)}: {method.Name}";

    private static IEnumerable<MethodBase> PublicMethods(Type type)
    {
        const BindingFlags declared =
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var methods = type.GetMethods(declared)
            .Where(m => !m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal));
        return methods.Concat<MethodBase>(type.GetConstructors(declared).Take(1))
            .Where(m => !m.IsDefined(typeof(CompilerGeneratedAttribute)));
    }

    private static IEnumerable<string> Spellings(Type type, MethodBase method)
    {
        if (!method.IsSpecialName)
            return [method.Name];
        if (Operators.TryGetValue(method.Name, out var sign))
            return [sign];

        // A constructor and a conversion are used by the type's name; an attribute's has a short form.
        var name = type.Name.Split('`')[0];
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? [name, name[..^"Attribute".Length]] : [name];
    }
}
