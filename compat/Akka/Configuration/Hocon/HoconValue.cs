using System.Globalization;

namespace Akka.Configuration.Hocon;

public class HoconValue : IMightBeAHoconObject
{
    public HoconValue() : this([])
    {
    }

    internal HoconValue(List<IHoconElement> values) => Values = values;

    public List<IHoconElement> Values { get; }

    public bool IsEmpty => Values.Count == 0 || (Values[0] is HoconObject o && o.Items.Count == 0);

    public void AppendValue(IHoconElement value) => Values.Add(value);

    public void Clear() => Values.Clear();

    public void NewValue(IHoconElement value)
    {
        Values.Clear();
        Values.Add(value);
    }

    public Config ToConfig() => new(new HoconRoot(this));

    public Config AtKey(string key)
    {
        var parent = new HoconObject();
        parent.Items[key] = this;
        return new Config(new HoconRoot(new HoconValue([parent])));
    }

    public bool IsObject() => GetObject() != null;

    public HoconObject GetObject()
    {
        if (Values.Count == 0)
            return null;
        if (Values[0] is HoconObject o)
            return o;
        return Values[0] is IMightBeAHoconObject other && other.IsObject() ? other.GetObject() : null;
    }

    public HoconValue GetChildObject(string key) => GetObject()?.GetKey(key);

    public bool IsString()
    {
        foreach (var value in Values)
            if (!value.IsString())
                return false;
        return Values.Count > 0;
    }

    // Neighbours on one line are one string; null without quotes is no string.
    public string GetString()
    {
        if (!IsString())
            return null;
        var text = string.Concat(Values.Select(v => v.GetString())).Trim();
        return text == "null" ? null : text;
    }

    public bool GetBoolean() => GetString() switch
    {
        "on" or "true" => true,
        "off" or "false" => false,
        var text => throw new NotSupportedException($"{text} is neither on nor off"),
    };

    public byte GetByte() => byte.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    public int GetInt() => int.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    public long GetLong() => long.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    public float GetFloat() => float.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    public double GetDouble() => double.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    public decimal GetDecimal() => decimal.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconQuantity.Duration(GetString(), allowInfinite);

    public long? GetByteSize() => HoconQuantity.Size(GetString());

    public bool IsArray() => GetArray().Count != 0;

    public IList<HoconValue> GetArray()
    {
        var all = new List<HoconValue>();
        foreach (var value in Values)
            if (value.IsArray())
                all.AddRange(value.GetArray());
        return all;
    }

    public IList<string> GetStringList() => Each(v => v.GetString());

    public IList<bool> GetBooleanList() => Each(v => v.GetBoolean());

    public IList<byte> GetByteList() => Each(v => v.GetByte());

    public IList<int> GetIntList() => Each(v => v.GetInt());

    public IList<long> GetLongList() => Each(v => v.GetLong());

    public IList<float> GetFloatList() => Each(v => v.GetFloat());

    public IList<double> GetDoubleList() => Each(v => v.GetDouble());

    public IList<decimal> GetDecimalList() => Each(v => v.GetDecimal());

    public override string ToString() => ToString(0);

    public virtual string ToString(int indent)
    {
        if (IsString())
            return HoconText.Quoted(GetString());
        if (GetObject() is { } o)
            return indent == 0
                ? o.ToString(1)
                : $"{{\r\n{o.ToString(indent + 1)}{new string(' ', indent * 2)}}}";
        return IsArray()
            ? "[" + string.Join(",", GetArray().Select(e => e.ToString(indent + 1))) + "]"
            : "<<unknown value>>";
    }

    private List<T> Each<T>(Func<HoconValue, T> read) => GetArray().Select(read).ToList();
}
