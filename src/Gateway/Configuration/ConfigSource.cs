namespace Handoff.Gateway.Configuration;

internal sealed record ConfigSource(string Name, string Text)
{
    public const long MaxBytes = 1 << 20;

    private const string Resource = "Handoff.Gateway.gateway.conf";

    public static ConfigSource BuiltIn { get; } = ReadBuiltIn();

    // The file, or one line on why it cannot be read.
    public static (ConfigSource? Source, ConfigError? Error) Load(FileInfo? file)
    {
        if (file is null) return (BuiltIn, null);
        var name = file.ToString();
        try
        {
            if (Directory.Exists(file.FullName)) return (null, Unreadable(name, "it is a directory"));
            if (!file.Exists) return (null, Unreadable(name, "no such file"));
            if (file.Length > MaxBytes) return (null, Unreadable(name, $"it has more than {MaxBytes} bytes"));
            return (new ConfigSource(name, File.ReadAllText(file.FullName)), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, Unreadable(name, e.Message));
        }
    }

    private static ConfigError Unreadable(string name, string why) => new(name, null, null, $"cannot be read: {why}");

    private static ConfigSource ReadBuiltIn()
    {
        using var stream = typeof(ConfigSource).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return new ConfigSource("gateway.conf", reader.ReadToEnd());
    }
}
