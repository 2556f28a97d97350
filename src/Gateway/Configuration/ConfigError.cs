namespace Handoff.Gateway.Configuration;

// One line for the user: file, line where there is one, key where there is one, and what is wrong.
internal sealed record ConfigError(string File, int? Line, string? Key, string Message)
{
    public override string ToString()
    {
        var place = Line is { } line ? $"{File}:{line}" : File;
        return Key is { } key ? $"{place}: {key}: {Message}" : $"{place}: {Message}";
    }
}
