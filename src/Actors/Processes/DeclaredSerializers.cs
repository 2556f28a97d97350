using System.Collections.Frozen;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Handoff.Processes;

// The serializers that akka.actor.serialization-bindings names and that say by a manifest of their own what they
// wrote. Akka makes them anew when a library brings its configuration later: what was found holds for one
// Serialization.
internal sealed class DeclaredSerializers
{
    private readonly Serialization _serialization;
    private readonly FrozenDictionary<int, SerializerWithStringManifest> _byId;

    private DeclaredSerializers(
        Serialization serialization, FrozenDictionary<int, SerializerWithStringManifest> byId)
    {
        _serialization = serialization;
        _byId = byId;
    }

    // An identifier that two of them share, or that is one of ours, says of neither what wrote the bytes.
    public static DeclaredSerializers Of(ExtendedActorSystem system, IReadOnlySet<int> reserved)
    {
        var serialization = system.Serialization;
        var byId = BoundIn(system, serialization).Distinct().GroupBy(serializer => serializer.Identifier)
            .Where(same => same.Count() == 1 && !reserved.Contains(same.Key))
            .ToFrozenDictionary(one => one.Key, one => one.Single());
        return new(serialization, byId);
    }

    public bool IsOf(Serialization serialization) => ReferenceEquals(serialization, _serialization);

    public SerializerWithStringManifest? Find(int identifier) => _byId.GetValueOrDefault(identifier);

    // What writes it, whether it is declared or not; null where nothing does.
    public Serializer? For(object attachment)
    {
        try
        {
            return _serialization.FindSerializerFor(attachment);
        }
        catch (SerializationException)
        {
            return null;
        }
    }

    public bool Has(SerializerWithStringManifest serializer) =>
        ReferenceEquals(Find(serializer.Identifier), serializer);

    // The names are those of our own configuration. One that is no type, or is bound to nothing, was told by Akka.
    private static IEnumerable<SerializerWithStringManifest> BoundIn(
        ExtendedActorSystem system, Serialization serialization)
    {
        if (system.Settings.Config.GetConfig("akka.actor.serialization-bindings") is not { } bindings) yield break;
        foreach (var (name, _) in bindings.AsEnumerable())
        {
            if (Type.GetType(name) is { } type && Bound(serialization, type) is SerializerWithStringManifest bound)
                yield return bound;
        }
    }

    private static Serializer? Bound(Serialization serialization, Type type)
    {
        try
        {
            return serialization.FindSerializerForType(type);
        }
        catch (SerializationException)
        {
            return null;
        }
    }
}
