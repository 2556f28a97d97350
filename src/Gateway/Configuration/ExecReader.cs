using System.Text.RegularExpressions;

namespace Handoff.Gateway.Configuration;

// The keys of a service of the handler exec.
internal static partial class ExecReader
{
    public const string Handler = "exec";

    private const string Tcpmux = "tcpmux";

    // In defaults, too.
    public static IReadOnlyList<string> Keys { get; } = ["run-limit"];

    public static IReadOnlyList<string> Own { get; } =
        ["program", "arguments", "environment", "inherit", "directory", "wait"];

    private static ValueType<string> APath { get; } = new(
        "an absolute path such as /bin/cat", IsPath, (config, path) => config.GetString(path));

    private static ValueType<TimeSpan?> ARunLimit { get; } =
        ValueTypes.DurationOrNone(TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(24));

    // Null where a fault keeps it from being one.
    public static ExecSettings? Read(ValueReader values, HoconLayout layout, string block, string defaults)
    {
        if (layout.Find($"{block}.{Tcpmux}") is not null)
        {
            values.Fault(
                $"{block}.{Tcpmux}",
                "tcpmux has read from the connection by then, and a program can only be given one that was not read");
        }

        var (environment, inherit) = ($"{block}.environment", $"{block}.inherit");
        foreach (var name in values.ReadTexts(inherit).Where(name => !VariableName().IsMatch(name)))
            values.Fault(inherit, $"\"{name}\" is no name of a variable");
        foreach (var key in layout.In(environment).Where(key => !VariableName().IsMatch(key.Names[^1])))
            values.Fault(key.Path, "a variable's name is letters, digits and _, and begins with no digit");
        var waits = layout.Find($"{block}.wait") is not null && values.Read(ValueTypes.Flag, $"{block}.wait");
        if (waits) RefuseUnfit(values, layout, block);
        var program = values.Read(APath, $"{block}.program");
        var settings = new ExecSettings(program ?? "", values.ReadTexts($"{block}.arguments"))
        {
            Environment = values.ReadBlock(environment),
            Inherited = values.ReadTexts(inherit),
            Directory = layout.Find($"{block}.directory") is null
                ? null
                : values.Read(APath, $"{block}.directory"),
            RunLimit = values.Read(ARunLimit, $"{block}.run-limit", $"{defaults}.run-limit"),
            Waits = waits,
        };
        return program is null ? null : settings;
    }

    // What is about connections, which are the program's then.
    private static void RefuseUnfit(ValueReader values, HoconLayout layout, string block)
    {
        foreach (var key in (string[])["max-connections", "idle-timeout"])
        {
            if (layout.Find($"{block}.{key}") is not null)
                values.Fault($"{block}.{key}", "with wait = on the program accepts its connections by itself");
        }
    }

    private static bool IsPath(string text) => text.StartsWith('/') && !text.Contains('\0');

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex VariableName();
}
