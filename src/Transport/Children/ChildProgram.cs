namespace Handoff.Transport.Children;

// What a child runs, and with what. None of its texts has a zero byte.
internal sealed record ChildProgram
{
    private static readonly Dictionary<string, string> Nothing = [];

    // An absolute path: nothing is searched for.
    public string Path { get; }

    public ChildProgram(string path)
    {
        if (!path.StartsWith('/')) throw new ArgumentException($"'{path}' is not an absolute path.", nameof(path));
        Path = Text(path);
    }

    // What it is told that it is called, argv[0].
    public string? Name { get; init => field = value is null ? null : Text(value); }

    public IReadOnlyList<string> Arguments { get; init => field = [.. value.Select(Text)]; } = [];

    // All that it has besides what is said of its connection.
    public IReadOnlyDictionary<string, string> Environment
    {
        get;
        init
        {
            foreach (var (name, content) in value)
            {
                if (Text(name).Length == 0 || name.Contains('='))
                    throw new ArgumentException($"'{name}' is no name of a variable.", nameof(value));
                Text(content);
            }

            field = new Dictionary<string, string>(value);
        }
    } = Nothing;

    // Variables of this process that it has too, where they are set; Environment goes before them.
    public IReadOnlyList<string> Inherited { get; init; } = [];

    public string? Directory { get; init => field = value is null ? null : Text(value); }

    // How long it may run; null: for as long as it likes.
    public TimeSpan? Limit
    {
        get;
        init
        {
            if (value is { } limit) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
            field = value;
        }
    }

    private static string Text(string value) => value.Contains('\0')
        ? throw new ArgumentException("A zero byte ends the texts of a process.", nameof(value))
        : value;
}
