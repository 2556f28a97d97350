using System.Globalization;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Microsoft.Extensions.Configuration;

namespace Akka.Hosting;

// Makes HOCON of .NET's configuration: sections are objects, children named by numbers are arrays, _ in a key is -.
internal sealed class ConfigurationReader(bool normalizeKeys)
{
    public Config Read(IConfiguration configuration)
    {
        var root = new HoconObject();
        if (configuration is IConfigurationSection section)
            AddTo(root, section);
        else
            foreach (var child in configuration.GetChildren())
                AddTo(root, child);
        return new Config(new HoconRoot(Value(root)));
    }

    private void AddTo(HoconObject parent, IConfigurationSection section) =>
        ValueFor(parent, section.Key).AppendValue(Element(section));

    // A dot in a key leads into an object.
    private HoconValue ValueFor(HoconObject parent, string key)
    {
        var name = (normalizeKeys ? key.ToLowerInvariant() : key).Replace('_', '-');
        var path = HoconText.SplitPath(name);
        foreach (var step in path.SkipLast(1))
        {
            var value = parent.GetOrCreateKey(step);
            if (!value.IsObject())
                value.AppendValue(new HoconObject());
            parent = value.GetObject();
        }

        return parent.GetOrCreateKey(path[^1]);
    }

    private IHoconElement Element(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (children.Count > 0 && children.TrueForAll(c => int.TryParse(c.Key, out _)))
        {
            var array = new HoconArray();
            array.AddRange(children.OrderBy(Number).Select(c => Value(Element(c))));
            return array;
        }

        if (children.Count == 0 || section.Value != null)
            return new HoconLiteral { Value = Literal(section.Value) };

        var members = new HoconObject();
        foreach (var child in children)
            AddTo(members, child);
        return members;
    }

    private static int Number(IConfigurationSection section) =>
        int.Parse(section.Key, CultureInfo.InvariantCulture);

    private static string Literal(string value) => value switch
    {
        "True" => "on",
        "False" => "off",
        _ => value,
    };

    private static HoconValue Value(IHoconElement element)
    {
        var value = new HoconValue();
        value.AppendValue(element);
        return value;
    }
}
