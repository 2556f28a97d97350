using Akka.Configuration;
using Handoff.Transport.Ownership;
using Microsoft.Extensions.Configuration;

namespace Handoff.Hosting;

internal static class OptionsReader
{
    public static HandoffOptions Read(IConfiguration configuration)
    {
        var options = new HandoffOptions();
        foreach (var child in configuration.GetChildren())
        {
            if (!child.Key.Equals(HandoffOptions.ListenersSection, StringComparison.OrdinalIgnoreCase))
                AddSettings(options, child, SettingText.Key(child.Key));
            else foreach (var listener in child.GetChildren())
                options.Listeners[listener.Key] = ReadListener(listener);
        }

        return options;
    }

    private static void AddSettings(HandoffOptions options, IConfigurationSection section, string path)
    {
        if (section.Value is { } value) options.Settings[path] = value;
        if (SettingText.IsList(path))
        {
            options.Settings[path] = string.Join(',', section.GetChildren().Select(item => item.Value));
            return;
        }

        foreach (var child in section.GetChildren())
            AddSettings(options, child, $"{path}.{SettingText.Key(child.Key)}");
    }

    private static ListenerOptions ReadListener(IConfigurationSection section)
    {
        var listener = new ListenerOptions();
        foreach (var child in section.GetChildren())
        {
            var value = child.Value ?? "";
            switch (child.Key.ToUpperInvariant())
            {
                case "ENDPOINT": listener.EndPoint = EndPointText.TryParse(value) ?? throw Unfit(child); break;
                case "TRANSPORT": listener.Transport = value; break;
                case "MODE":
                    listener.Mode = Enum.TryParse<OfferMode>(value, ignoreCase: true, out var mode)
                        && Enum.IsDefined(mode) ? mode : throw Unfit(child);
                    break;
                default: throw new ConfigurationException($"{child.Path}: no such key of a listener");
            }
        }

        return listener;
    }

    private static ConfigurationException Unfit(IConfigurationSection section) =>
        new($"{section.Path} is '{section.Value}', which does not fit");
}
