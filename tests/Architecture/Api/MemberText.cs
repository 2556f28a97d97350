using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Handoff.Architecture.Tests.Api;

internal sealed class MemberText(ApiStyle style)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly NullabilityInfoContext _null = new();

    private bool Exact => style == ApiStyle.Exact;

    public static bool IsVisible(MethodBase? method) =>
        method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    public IEnumerable<string> Of(Type type)
    {
        var isDelegate = typeof(Delegate).IsAssignableFrom(type);
        var members = type.GetMembers(Declared).Where(m => !Exact || !m.IsDefined(typeof(CompilerGeneratedAttribute)));
        return members.Where(m => !(Exact && isDelegate) || m.Name == "Invoke")
            .Select(Line).OfType<string>().Order(StringComparer.Ordinal);
    }

    private string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo c when IsVisible(c) => $"{Modifiers(c)}.ctor({Parameters(c)})",
        MethodInfo m when IsVisible(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{Modifiers(m)}{Name(m.ReturnType, () => _null.Create(m.ReturnParameter))} {m.Name}{Generics(m)}"
            + $"({Parameters(m)})",
        PropertyInfo p => Property(p),
        FieldInfo f when f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly => Field(f),
        EventInfo e when IsVisible(e.AddMethod) =>
            $"{(Exact ? Modifiers(e.AddMethod!) : "")}event {TypeName.Of(e.EventHandlerType!)} {e.Name}",
        _ => null,
    };

    private string? Property(PropertyInfo property)
    {
        var get = IsVisible(property.GetMethod);
        var set = IsVisible(property.SetMethod);
        if (!get && !set)
            return null;

        var index = property.GetIndexParameters().Select(q => TypeName.Of(q.ParameterType)).ToList();
        var indices = index.Count > 0 ? $"[{string.Join(", ", index)}]" : "";
        var setter = Exact && set && IsInit(property.SetMethod!) ? "init" : "set";
        return $"{Modifiers((get ? property.GetMethod : property.SetMethod)!)}"
            + $"{Name(property.PropertyType, () => _null.Create(property))} {property.Name}{indices} "
            + $"{{ {(get ? "get; " : "")}{(set ? setter + "; " : "")}}}";
    }

    private string? Field(FieldInfo field)
    {
        var type = field.DeclaringType!;
        if (type.IsEnum && field.IsSpecialName)
            return null;

        var value = type.IsEnum
            ? " = " + Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)
            : Exact && field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "";
        if (Exact && type.IsEnum)
            return field.Name + value;

        var more = Exact
            ? (field.IsPublic ? "" : "protected ") + (field.IsLiteral ? "const " : "")
                + (field.IsInitOnly ? "readonly " : "")
            : "";
        return $"{(field.IsStatic ? "static " : "")}{more}{Name(field.FieldType, () => _null.Create(field))} "
            + $"{field.Name}{value}";
    }

    private string Parameters(MethodBase method)
    {
        var isExtension = Exact && method.IsDefined(typeof(ExtensionAttribute));
        var all = method.GetParameters().Select(p =>
            (isExtension && p.Position == 0 ? "this " : "") + PassedBy(p)
            + Name(p.ParameterType, () => _null.Create(p)) + " " + p.Name
            + (p.HasDefaultValue ? " = " + Literal(p.DefaultValue) : ""));
        return string.Join(", ", all);
    }

    private string PassedBy(ParameterInfo p) =>
        p.IsOut ? "out "
        : p.ParameterType.IsByRef ? Exact && p.IsIn ? "in " : "ref "
        : p.IsDefined(typeof(ParamArrayAttribute), false) ? "params "
        : "";

    private string Name(Type type, Func<NullabilityInfo> info) => TypeName.Of(type, Exact ? info() : null);

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethodDefinition
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => TypeName.Of(a)))}>"
            : "";

    private static string Literal(object? value) =>
        value is string s ? $"\"{s}\"" : Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text
            ? text
            : "default";

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Modifiers(MethodBase method)
    {
        var inInterface = method.DeclaringType!.IsInterface;
        var visible = method.IsPublic ? "" : "protected ";
        if (method.IsStatic)
            return visible + "static ";
        if (method.IsAbstract && !inInterface)
            return visible + "abstract ";
        if (method is MethodInfo { IsVirtual: true, IsFinal: false } m && !inInterface)
            return visible + (m.GetBaseDefinition() == m ? "virtual " : "override ");
        return visible;
    }
}
