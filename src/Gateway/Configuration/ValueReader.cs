using Akka.Configuration;

namespace Handoff.Gateway.Configuration;

// Reads values and keeps what is wrong with them, each fault once and in the order of the lines.
internal sealed class ValueReader(string file, HoconLayout layout, Config config, Config builtIn)
{
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
        var found = key.Kind == HoconKind.Block ? "a block"
            : config.GetString(key.Path) is { } text ? $"\"{text}\""
            : "a list";
        Fault(key.Path, $"must be {type.Expected}; it is {found}");
        return default;
    }
}
