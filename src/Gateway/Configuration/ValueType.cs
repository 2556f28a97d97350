using Akka.Configuration;

namespace Handoff.Gateway.Configuration;

// What a value must look like, and how Akka's Config gives it. Akka is asked only for what has the shape: the rest it
// would take (a bare 10 as milliseconds, 1e3, a sign) or throw at, each in its own way.
internal sealed class ValueType<T>(string expected, Func<string, bool> hasShape, Func<Config, string, T> get)
{
    public string Expected { get; } = expected;

    public bool TryGet(Config config, string path, out T value)
    {
        value = default!;
        var text = config.GetString(path);
        if (text is null || !hasShape(text)) return false;
        try
        {
            value = get(config, path);
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ConfigurationException)
        {
            return false;
        }
    }
}
