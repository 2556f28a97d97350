using System.Text;

namespace Akka.Configuration.Hocon;

public class HoconObject : IHoconElement
{
    public HoconObject() : this([])
    {
    }

    private HoconObject(Dictionary<string, HoconValue> items) => Items = items;

    public Dictionary<string, HoconValue> Items { get; }

    public bool IsString() => false;

    public string GetString() => throw new NotImplementedException("An object is not a string.");

    public bool IsArray() => false;

    public IList<HoconValue> GetArray() => throw new NotImplementedException("An object is not an array.");

    public HoconValue GetKey(string key) => Items.GetValueOrDefault(key);

    public HoconValue GetOrCreateKey(string key)
    {
        if (!Items.TryGetValue(key, out var value))
            Items.Add(key, value = new HoconValue());
        return value;
    }

    public void Merge(HoconObject other)
    {
        foreach (var (key, theirs) in other.Items)
            Items[key] = Items.TryGetValue(key, out var ours) && BothObjects(ours, theirs)
                ? Wrap(ours.GetObject().MergedWith(theirs.GetObject()))
                : theirs;
    }

    // What the other says wins; neither is changed.
    internal HoconObject MergedWith(HoconObject other)
    {
        var merged = new Dictionary<string, HoconValue>(Items);
        foreach (var (key, theirs) in other.Items)
        {
            if (!merged.TryGetValue(key, out var ours))
                merged.Add(key, new HoconValue(theirs.Values));
            else
                merged[key] = BothObjects(ours, theirs)
                    ? Wrap(ours.GetObject().MergedWith(theirs.GetObject()))
                    : theirs;
        }

        return new HoconObject(merged);
    }

    public override string ToString() => ToString(0);

    public string ToString(int indent)
    {
        var margin = new string(' ', indent * 2);
        var text = new StringBuilder();
        foreach (var (key, value) in Items)
            text.Append(margin).Append(HoconText.Quoted(key)).Append(" : ")
                .Append(value.ToString(indent)).Append("\r\n");
        return text.ToString();
    }

    private static bool BothObjects(HoconValue one, HoconValue other) => one.IsObject() && other.IsObject();

    private static HoconValue Wrap(HoconObject o) => new([o]);
}
