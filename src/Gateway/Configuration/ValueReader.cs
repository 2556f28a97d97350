using Akka.Configuration;

namespace Handoff.Gateway.Configuration;

// Reads values and keeps what is wrong with them, each fault once and in the order of the lines.
internal sealed class ValueReader(string file, HoconLayout layout, Config config, Config builtIn)
{
    private static readonly ValueType<string> AText = new(
        "a text", IsText, (config, path) => config.GetString(path));

    private readonly HashSet<ConfigError> _errors = [];

    public IReadOnlyList<ConfigError> Errors =>
        [.. _errors.OrderBy(e => e.Line ?? 0).ThenBy(e => e.Key, StringComparer.Ordinal)];

    public void Fault(string key, string message) =>
        _errors.Add(ConfigError.At(file, layout, key, message));

    // The first of the paths that the file has counts; else the built-in configuration's value.
    public T? Read<T>(ValueType<T> type, params IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            if (layout.Find(path) is { } key)
                return ReadHere(type, key);
        }

        foreach (var path in paths)
        {
            if (!IsDefault(path) || !builtIn.HasPath(path)) continue;
            return type.TryGet(builtIn, path, out var value)
                ? value
                : throw new InvalidOperationException($"The built-in configuration has a bad {path}.");
        }

        Fault(paths[0], $"missing; it must be {type.Expected}");
        return default;
    }

    // A list of texts; empty where there is none.
    public IReadOnlyList<string> ReadTexts(string path)
    {
        if (layout.Find(path) is not { } key) return [];
        if (key.Kind is HoconKind.Value && config.GetString(path) is null && TryGetTexts(path) is { } texts)
            return texts;
        Fault(path, $"must be a list of texts such as [\"-c\", \"a b\"]; it is {Found(key)}");
        return [];
    }

    // A block of texts by their names; empty where there is none.
    public IReadOnlyDictionary<string, string> ReadBlock(string block)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!IsBlock(block)) return texts;
        foreach (var key in layout.In(block))
        {
            if (Read(AText, key.Path) is { } text) texts[key.Names[^1]] = text;
        }

        return texts;
    }

    public void RefuseUnknown(string block, IEnumerable<string> known)
    {
        var names = known.Order(StringComparer.Ordinal).ToList();
        foreach (var key in layout.In(block))
        {
            if (!names.Contains(key.Names[^1]))
                Fault(key.Path, $"unknown key; known keys are {string.Join(", ", names)}");
        }
    }

    // Whether the path is a block, or not there at all.
    public bool IsBlock(string path)
    {
        if (layout.Find(path) is not { Kind: HoconKind.Value }) return true;
        Fault(path, "must be a block in { }");
        return false;
    }

    // The built-in services are no defaults for another file's.
    private static bool IsDefault(string path) => !path.StartsWith("gateway.services", StringComparison.Ordinal);

    private T? ReadHere<T>(ValueType<T> type, HoconKey key)
    {
        if (key.Kind == HoconKind.Value && type.TryGet(config, key.Path, out var value)) return value;
        Fault(key.Path, $"must be {type.Expected}; it is {Found(key)}");
        return default;
    }

    private string Found(HoconKey key) => key.Kind == HoconKind.Block ? "a block"
        : config.GetString(key.Path) is { } text ? $"\"{text}\""
        : "a list";

    // Null where some of it is none: a list in the list, or what has a zero byte.
    private string[]? TryGetTexts(string path)
    {
        try
        {
            var texts = config.GetStringList(path).ToArray();
            return texts.All(text => text is not null && IsText(text)) ? texts : null;
        }
        catch (Exception e) when (e is FormatException or ConfigurationException or InvalidOperationException)
        {
            return null;
        }
    }

    // A zero byte ends the texts of a process.
    private static bool IsText(string text) => !text.Contains('\0');
}
