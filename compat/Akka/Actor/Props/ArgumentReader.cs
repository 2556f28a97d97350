using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

// The values in a 'new T(args)' expression, most of which are constants and captured variables.
internal static class ArgumentReader
{
    internal static object[] Read(IReadOnlyList<Expression> arguments)
    {
        var values = new object[arguments.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = TryRead(arguments[i], out var value) ? value : Evaluate(arguments[i]);
        return values;
    }

    private static bool TryRead(Expression expression, out object value)
    {
        switch (expression)
        {
            case ConstantExpression constant:
                value = constant.Value;
                return true;
            case MemberExpression { Member: FieldInfo field } access:
                object owner = null;
                value = null;
                if (access.Expression != null && (!TryRead(access.Expression, out owner) || owner == null))
                    return false;
                value = field.GetValue(owner);
                return true;
            default:
                value = null;
                return false;
        }
    }

    private static object Evaluate(Expression argument) =>
        Expression.Lambda<Func<object>>(Expression.Convert(argument, typeof(object))).Compile(true)();
}
