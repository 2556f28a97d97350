using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Handoff.Architecture.Tests.Api;

// The exported types of an assembly and their public and protected members, one a line, sorted; a member's line is
// indented under its type's.
internal static partial class ApiText
{
    public static IReadOnlyList<string> Of(Assembly assembly, ApiStyle style) =>
        Of(assembly.GetExportedTypes(), style);

    public static IReadOnlyList<string> Of(IEnumerable<Type> types, ApiStyle style)
    {
        var members = new MemberText(style);
        return
        [
            .. types.OrderBy(t => t.FullName, StringComparer.Ordinal)
                .SelectMany(t => members.Of(t).Select(m => "  " + m).Prepend(Head(t, style))),
        ];
    }

    // A member's line does not say whose it is; for a comparison it must.
    public static IEnumerable<string> Qualified(IEnumerable<string> lines)
    {
        var type = "";
        foreach (var line in lines)
        {
            if (line.StartsWith(' '))
            {
                yield return $"{type}: {line.Trim()}";
                continue;
            }

            type = Kinds().Replace(line.Split(" : ")[0], "");
            yield return line;
        }
    }

    private static string Head(Type type, ApiStyle style)
    {
        var bases = Bases(type, style).ToList();
        return $"{Kind(type, style)} {TypeName.Of(type)}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}";
    }

    private static string Kind(Type type, ApiStyle style)
    {
        if (type.IsEnum)
            return "enum";
        if (type.IsInterface)
            return "interface";
        var exact = style == ApiStyle.Exact;
        if (type.IsValueType)
        {
            var isReadOnly = exact && type.IsDefined(typeof(IsReadOnlyAttribute));
            return (isReadOnly ? "readonly " : "") + (exact && type.IsByRefLike ? "ref " : "")
                + (exact && IsRecord(type) ? "record " : "") + "struct";
        }

        var modifiers = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            _ => "",
        };
        return modifiers + (typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : exact && IsRecord(type) ? "record"
            : "class");
    }

    // The compiler marks neither, but it writes these.
    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance)
            is { } print && print.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static bool IsEquality(Type candidate, Type of) =>
        candidate.IsConstructedGenericType && candidate.GetGenericTypeDefinition() == typeof(IEquatable<>)
        && candidate.GenericTypeArguments[0] == of;

    private static IEnumerable<string> Bases(Type type, ApiStyle style)
    {
        var parent = type.BaseType;
        Type?[] everybodys = [null, typeof(object), typeof(ValueType), typeof(Enum)];
        if (style == ApiStyle.Exact && (type.IsEnum || parent == typeof(MulticastDelegate)))
            return [];

        var interfaces = type.GetInterfaces().Where(i => i.IsPublic || i.IsNestedPublic);
        if (style == ApiStyle.Exact)
        {
            // What a base brings is its affair, and differs between Akka and its stand-in.
            var brought = type.GetInterfaces().SelectMany(i => i.GetInterfaces())
                .Concat(parent?.GetInterfaces() ?? []).ToHashSet();
            interfaces = interfaces.Where(i => !brought.Contains(i) && !(IsRecord(type) && IsEquality(i, type)));
        }

        var names = interfaces.Select(i => TypeName.Of(i)).Order(StringComparer.Ordinal);
        return everybodys.Contains(parent) ? names : names.Prepend(TypeName.Of(parent!));
    }

    [GeneratedRegex("^((static|abstract|sealed|readonly|ref|record|class|struct|interface|enum|delegate) )+")]
    private static partial Regex Kinds();
}
