using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Akka.Event;

namespace Akka.Serialization;

public class Serialization
{
    private readonly ConcurrentDictionary<Type, Serializer> _byType = new();
    private readonly Dictionary<int, Serializer> _byId = [];
    private readonly Dictionary<string, Serializer> _byName = [];
    private readonly Serializer _ofNull;

    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        _ofNull = new NullSerializer(system);
        AddSerializer("null", _ofNull);
        Load(system.Settings.Config);
    }

    public ExtendedActorSystem System { get; }

    public void AddSerializer(string name, Serializer serializer)
    {
        var id = serializer.Identifier;
        WarnOfOther(_byId.GetValueOrDefault(id), serializer, $"Serializer with identifier [{id}]");
        WarnOfOther(_byName.GetValueOrDefault(name), serializer, $"Serializer with name [{name}]");
        _byId[id] = serializer;
        _byName[name] = serializer;
    }

    public void AddSerializationMap(Type type, Serializer serializer)
    {
        WarnOfOther(_byType.GetValueOrDefault(type), serializer, $"Serializer for type [{type}]");
        _byType[type] = serializer;
    }

    public Serializer FindSerializerFor(object obj, string defaultSerializerName = null) =>
        obj == null ? _ofNull : FindSerializerForType(obj.GetType(), defaultSerializerName);

    public Serializer FindSerializerForType(Type objectType, string defaultSerializerName = null)
    {
        if (_byType.TryGetValue(objectType, out var bound))
            return bound;
        var found = Inherited(objectType)
            ?? (defaultSerializerName == null ? null : _byName.GetValueOrDefault(defaultSerializerName))
            ?? _byType.GetValueOrDefault(typeof(object))
            ?? throw new SerializationException($"Serializer not found for type {objectType.Name}");
        AddSerializationMap(objectType, found);
        return found;
    }

    public byte[] Serialize(object o) => FindSerializerFor(o).ToBinary(o);

    public object Deserialize(byte[] bytes, int serializerId, Type type) =>
        _byId.TryGetValue(serializerId, out var serializer)
            ? serializer.FromBinary(bytes, type)
            : throw Unknown(serializerId, $"class [{type?.Name}]");

    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        if (!_byId.TryGetValue(serializerId, out var serializer))
            throw Unknown(serializerId, $"manifest [{manifest}]");
        if (serializer is SerializerWithStringManifest withManifest)
            return withManifest.FromBinary(bytes, manifest);
        return serializer.FromBinary(bytes, string.IsNullOrEmpty(manifest) ? null : TypeOf(manifest, serializerId));
    }

    // Any of those that fit; what is bound to System.Object comes after all others.
    private Serializer Inherited(Type type)
    {
        foreach (var (bound, serializer) in _byType)
            if (bound != typeof(object) && bound.IsAssignableFrom(type))
                return serializer;
        return null;
    }

    // A name that is no type is told, and no more: the others are there.
    private void Load(Config config)
    {
        var settings = config.GetConfig("akka.actor.serialization-settings");
        foreach (var (name, typeName) in config.GetConfig("akka.actor.serializers").AsEnumerable())
            if (Named(typeName.GetString(), $"serializer '{name}'") is { } type)
                AddSerializer(name, Create(type, settings?.GetConfig(name)));

        foreach (var (typeName, name) in config.GetConfig("akka.actor.serialization-bindings").AsEnumerable())
            if (Named(typeName, $"message/serializer binding '{name.GetString()}'") is { } type)
                Bind(type, name);
    }

    private void Bind(Type type, HoconValue name)
    {
        if (_byName.TryGetValue(name.GetString(), out var serializer))
            AddSerializationMap(type, serializer);
        else
            System.Log.Warning("Serialization binding to non existing serializer: '{0}'", name.GetString());
    }

    private Serializer Create(Type type, Config settings) => (Serializer)(settings is { IsEmpty: false }
        ? Activator.CreateInstance(type, System, settings)
        : Activator.CreateInstance(type, System));

    private Type Named(string typeName, string what)
    {
        var type = Type.GetType(typeName);
        if (type == null)
            System.Log.Warning("The type name for {0} did not resolve to an actual Type: '{1}'", what, typeName);
        return type;
    }

    private void WarnOfOther(Serializer old, Serializer serializer, string what)
    {
        if (old == null || old.GetType() == serializer.GetType() || !System.Settings.LogSerializerOverrideOnStart)
            return;
        var text = $"{what} are being overriden from [{old.GetType()}] to [{serializer.GetType()}]. "
            + "Did you mean to do this?";
        System.Settings.StdoutLogger.Tell(
            new Warning(nameof(Serialization), typeof(Serialization), text), ActorRefs.Nobody);
    }

    private static Type TypeOf(string manifest, int serializerId)
    {
        try
        {
            return Type.GetType(manifest, throwOnError: true);
        }
        catch (Exception cause)
        {
            throw new SerializationException(
                $"Cannot find manifest class [{manifest}] for serializer with id [{serializerId}].", cause);
        }
    }

    private static SerializationException Unknown(int serializerId, string what) => new(
        $"Cannot find serializer with id [{serializerId}] ({what}). The most probable reason is that the "
        + "configuration entry 'akka.actor.serializers' is not in sync between the two systems.");
}
