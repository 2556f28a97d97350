using System.Collections;
using Microsoft.AspNetCore.Http.Features;

namespace Handoff.AspNetCore;

// The owner looks for a feature of Kestrel's while Kestrel may add others, which a FeatureCollection does not bear.
internal sealed class ConnectionFeatures : IFeatureCollection
{
    private readonly FeatureCollection _features = new();
    private readonly Lock _gate = new();

    public bool IsReadOnly => false;

    public int Revision
    {
        get
        {
            lock (_gate) return _features.Revision;
        }
    }

    public object? this[Type key]
    {
        get
        {
            lock (_gate) return _features[key];
        }

        set
        {
            lock (_gate) _features[key] = value;
        }
    }

    public TFeature? Get<TFeature>()
    {
        lock (_gate) return _features.Get<TFeature>();
    }

    public void Set<TFeature>(TFeature? instance)
    {
        lock (_gate) _features.Set(instance);
    }

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator()
    {
        lock (_gate) return _features.ToList().GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
