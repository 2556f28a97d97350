using System.Reflection;

namespace Handoff.Architecture.Tests.Api;

internal static class TypeName
{
    public static string Of(Type type, NullabilityInfo? info = null)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!, info?.ElementType ?? info);
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value, ArgumentOf(info, 0, 1)) + "?";

        var name = type.IsArray
            ? Of(type.GetElementType()!, info?.ElementType) + "[]"
            : Keyword(type) ?? Full(type, info);
        return !type.IsValueType && info?.ReadState == NullabilityState.Nullable ? name + "?" : name;
    }

    private static string? Keyword(Type type) => type.FullName switch
    {
        "System.Object" => "object",
        "System.String" => "string",
        "System.Int32" => "int",
        "System.Int64" => "long",
        "System.Boolean" => "bool",
        "System.Void" => "void",
        "System.Double" => "double",
        "System.Byte" => "byte",
        "System.Single" => "float",
        _ => null,
    };

    // A nested type's arguments begin with those of the types around it: each takes its share in turn.
    private static string Full(Type type, NullabilityInfo? info)
    {
        var arguments = type.GetGenericArguments();
        var used = 0;
        var parts = new List<string>();
        foreach (var part in Around(type).Reverse())
        {
            var tick = part.Name.IndexOf('`');
            if (tick < 0)
            {
                parts.Add(part.Name);
                continue;
            }

            var count = int.Parse(part.Name[(tick + 1)..], null);
            var own = Enumerable.Range(used, count)
                .Select(i => Of(arguments[i], ArgumentOf(info, i, arguments.Length)));
            parts.Add($"{part.Name[..tick]}<{string.Join(", ", own)}>");
            used += count;
        }

        var isSystems = type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true;
        return (isSystems ? "" : type.Namespace + ".") + string.Join(".", parts);
    }

    private static IEnumerable<Type> Around(Type type)
    {
        for (var t = type; t is not null; t = t.DeclaringType)
            yield return t;
    }

    private static NullabilityInfo? ArgumentOf(NullabilityInfo? info, int index, int count) =>
        info?.GenericTypeArguments is { } a && a.Length == count ? a[index] : null;
}
