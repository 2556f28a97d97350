using System.Text;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Handoff.Configuration;

namespace Handoff.Hosting;

// The settings of .NET's configuration as HOCON.
internal static class SettingText
{
    private const string Root = "handoff.";

    // MaxWrite, maxWrite, max_write and MAX_WRITE are max-write.
    public static string Key(string key)
    {
        var text = new StringBuilder(key.Length + 4);
        for (var i = 0; i < key.Length; i++)
        {
            if (i > 0 && char.IsUpper(key[i]) && char.IsLower(key[i - 1])) text.Append('-');
            text.Append(key[i] == '_' ? '-' : char.ToLowerInvariant(key[i]));
        }

        return text.ToString();
    }

    public static bool IsList(string path) => Default(path) is { } known && IsList(known);

    // Settings that reference.conf has not are a mistake of whoever wrote them: they would have no effect.
    public static Config Hocon(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var text = new StringBuilder();
        foreach (var (path, value) in settings)
        {
            if (Default(path) is not { } known || known.IsObject())
                throw new ConfigurationException($"{Root}{path}: no such setting (hocon/reference.conf)");
            text.Append(Root).Append(path).Append(" = ").AppendLine(IsList(known) ? $"[{value}]" : Quoted(value));
        }

        return ConfigurationFactory.ParseString(text.ToString());
    }

    // .NET writes True where HOCON reads true.
    private static string Quoted(string value) => bool.TryParse(value, out var isOn)
        ? isOn ? "on" : "off"
        : $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private static bool IsList(HoconValue value) => value.Values.Exists(part => part.IsArray());

    private static HoconValue? Default(string path) =>
        path.Length > 0 && HandoffSettings.Reference.HasPath(Root + path)
            ? HandoffSettings.Reference.GetValue(Root + path)
            : null;
}
