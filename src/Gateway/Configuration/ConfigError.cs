namespace Handoff.Gateway.Configuration;

// One line for the user: file, line where there is one, key where there is one, and what is wrong.
internal sealed record ConfigError(string File, int? Line, string? Key, string Message)
{
    private const string Gateway = "gateway.";

    // Nearly all keys are in the block gateway, which goes without saying.
    public static ConfigError At(string file, HoconLayout layout, string path, string message)
    {
        var key = path.StartsWith(Gateway, StringComparison.Ordinal) ? path[Gateway.Length..] : path;
        return new ConfigError(file, layout.LineOf(path), key, message);
    }

    public override string ToString()
    {
        var place = Line is { } line ? $"{File}:{line}" : File;
        return Key is { } key ? $"{place}: {key}: {Message}" : $"{place}: {Message}";
    }
}
