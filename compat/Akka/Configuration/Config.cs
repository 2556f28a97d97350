using Akka.Configuration.Hocon;

namespace Akka.Configuration;

public class Config
{
    public static readonly Config Empty = ConfigurationFactory.Empty;

    // What was said here, without the fallbacks; Root holds both.
    private HoconValue _own;

    public Config()
    {
    }

    public Config(HoconRoot root)
    {
        _own = root.Value ?? throw new ArgumentNullException(nameof(root), "A root needs a value.");
        Root = root.Value;
        Substitutions = root.Substitutions;
    }

    public Config(Config source, Config fallback)
    {
        ArgumentNullException.ThrowIfNull(source);
        _own = source._own;
        Root = source.Root;
        Fallback = fallback;
    }

    public Config Fallback { get; private set; }

    public virtual HoconValue Root { get; private set; }

    public IEnumerable<HoconSubstitution> Substitutions { get; set; }

    public virtual bool IsEmpty => Root == null || Root.IsEmpty;

    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    public static Config operator +(Config config, string fallback) =>
        config.WithFallback(ConfigurationFactory.ParseString(fallback));

    public static Config operator +(string configHocon, Config fallbackConfig) =>
        ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    public virtual bool HasPath(string path) => Find(path) != null;

    public HoconValue GetValue(string path) => Find(path);

    public virtual string GetString(string path, string @default = null) =>
        Find(path) is { } value ? value.GetString() : @default;

    public virtual bool GetBoolean(string path, bool @default = false) => Find(path)?.GetBoolean() ?? @default;

    public virtual int GetInt(string path, int @default = 0) => Find(path)?.GetInt() ?? @default;

    public virtual long GetLong(string path, long @default = 0) => Find(path)?.GetLong() ?? @default;

    public virtual float GetFloat(string path, float @default = 0) => Find(path)?.GetFloat() ?? @default;

    public virtual double GetDouble(string path, double @default = 0) => Find(path)?.GetDouble() ?? @default;

    public virtual decimal GetDecimal(string path, decimal @default = 0) => Find(path)?.GetDecimal() ?? @default;

    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Find(path)?.GetTimeSpan(allowInfinite) ?? @default.GetValueOrDefault();

    public virtual long? GetByteSize(string path) => Find(path)?.GetByteSize();

    public virtual long? GetByteSize(string path, long? def = null) =>
        Find(path) is { } value ? value.GetByteSize() : def;

    public virtual IList<string> GetStringList(string path) => GetStringList(path, []).ToList();

    public virtual IList<string> GetStringList(string path, string[] defaultPaths) =>
        Find(path)?.GetStringList() ?? defaultPaths;

    public virtual IList<bool> GetBooleanList(string path) => Find(path).GetBooleanList();

    public virtual IList<byte> GetByteList(string path) => Find(path).GetByteList();

    public virtual IList<int> GetIntList(string path) => Find(path).GetIntList();

    public virtual IList<long> GetLongList(string path) => Find(path).GetLongList();

    public virtual IList<float> GetFloatList(string path) => Find(path).GetFloatList();

    public virtual IList<double> GetDoubleList(string path) => Find(path).GetDoubleList();

    public virtual IList<decimal> GetDecimalList(string path) => Find(path).GetDecimalList();

    public virtual Config GetConfig(string path)
    {
        var here = Find(path) is { } value ? new Config(new HoconRoot(value)) : null;
        var below = Fallback?.GetConfig(path);
        return here == null ? below : here.WithFallback(below);
    }

    public virtual Config WithFallback(Config fallback)
    {
        if (fallback == this)
            throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        if (fallback == null || (!IsEmpty && Contains(fallback)))
            return this;
        if (IsEmpty)
            return fallback;

        var merged = Copy(fallback);
        merged.Root = new HoconValue([fallback.Root.GetObject().MergedWith(Root.GetObject())]);
        return merged;
    }

    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable()
    {
        var seen = new HashSet<string>();
        for (var config = this; config != null; config = config.Fallback)
            foreach (var item in config.Root.GetObject().Items)
                if (seen.Add(item.Key))
                    yield return item;
    }

    public override string ToString() => _own == null ? "" : _own.ToString();

    public string ToString(bool includeFallback) => includeFallback ? Root.ToString() : ToString();

    private Config Copy(Config fallback) => new()
    {
        Fallback = Fallback == null ? fallback : Fallback.Copy(fallback),
        Root = Root,
        _own = _own,
        Substitutions = Substitutions,
    };

    private HoconValue Find(string path)
    {
        var node = Root ?? throw new InvalidOperationException("A configuration without a root has no values.");
        foreach (var key in HoconText.SplitPath(path))
        {
            node = node.GetChildObject(key);
            if (node == null)
                return null;
        }

        return node;
    }

    private bool Contains(Config other) => Contains(other.Root.GetObject(), "");

    // Whether all that the other says is said here already.
    private bool Contains(HoconObject other, string path)
    {
        foreach (var (key, value) in other.Items)
        {
            var here = path.Length == 0 ? key : $"{path}.\"{key}\"";
            if (!HasPath(here) || !Contains(value, here))
                return false;
        }

        return true;
    }

    private bool Contains(HoconValue other, string path)
    {
        if (other.GetObject() is { } o)
            return Contains(o, path);
        if (!other.IsArray())
            return other.GetString() == GetString(path);
        var here = GetStringList(path);
        return other.GetArray().All(item => here.Contains(item.GetString()));
    }
}
