namespace Handoff.Gateway.Configuration;

// The keys of one text that have an effect, in the order of their lines.
internal sealed class HoconLayout
{
    private readonly Dictionary<string, HoconKey> _last;
    private readonly ILookup<string, HoconKey> _inBlock;

    public HoconLayout(IEnumerable<HoconKey> keys)
    {
        _last = new(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (key.Kind is HoconKind.Value && Find(key.Path) is { Kind: HoconKind.Block }) RemoveBelow(key);
            _last[key.Path] = key;
        }

        Keys = [.. _last.Values.OrderBy(key => key.Line)];
        _inBlock = Keys.ToLookup(key => HoconScanner.PathOf(key.Names.Take(key.Names.Count - 1)));
    }

    public IReadOnlyList<HoconKey> Keys { get; }

    // The last one, since its value is the one that counts.
    public HoconKey? Find(string path) => _last.GetValueOrDefault(path);

    public IEnumerable<HoconKey> In(string block) => _inBlock[block];

    // For a key that is missing: the line of the block that should hold it.
    public int? LineOf(string path)
    {
        for (var at = path; at.Length > 0; at = at[..Math.Max(at.LastIndexOf('.'), 0)])
        {
            if (_last.TryGetValue(at, out var key))
                return key.Line;
        }

        return null;
    }

    // A value takes the place of a whole block.
    private void RemoveBelow(HoconKey block)
    {
        var below = _last.Values.Where(key => key.Names.Count > block.Names.Count
            && key.Names.Take(block.Names.Count).SequenceEqual(block.Names)).ToList();
        foreach (var key in below) _last.Remove(key.Path);
    }
}
