using Akka.Configuration;
using Handoff.Configuration;

namespace Handoff.Gateway.Configuration;

// The block handoff is the framework's own; the framework says what it knows and takes. The block akka is not checked:
// Akka has keys without end.
internal static class HandoffKeys
{
    private const string Block = "handoff";

    public static void Check(HoconLayout layout, Config config, ValueReader values)
    {
        foreach (var key in layout.Keys.Where(k => k.Names[0] == Block && k.Kind == HoconKind.Value))
        {
            var known = HandoffSettings.Reference.GetValue(key.Path);
            if (known is null)
                values.Fault(key.Path, "unknown key; Handoff's reference.conf lists the known ones");
            else if (known.IsObject())
                values.Fault(key.Path, "must be a block in { }");
            else if (WhyRefused(key.Path, config.GetString(key.Path)) is { } why)
                values.Fault(key.Path, why);
        }
    }

    // Each key is tried alone, so that the reason is about this one.
    private static string? WhyRefused(string path, string? text)
    {
        if (text is null) return "must not be a list";
        try
        {
            var config = ConfigurationFactory.ParseString($"{path} = \"\"\"{text}\"\"\"");
            _ = new HandoffSettings(config);
            _ = KeeperSettings.Read(config);
            return null;
        }
        catch (Exception e) when (e is ConfigurationException or FormatException or OverflowException)
        {
            return $"Handoff cannot use \"{text}\": {e.Message}";
        }
    }
}
