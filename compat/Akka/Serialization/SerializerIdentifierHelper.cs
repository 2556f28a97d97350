using Akka.Actor;

namespace Akka.Serialization;

public static class SerializerIdentifierHelper
{
    private const string Identifiers = "akka.actor.serialization-identifiers";

    public static int GetSerializerIdentifierFromConfig(Type type, ExtendedActorSystem system)
    {
        // Every entry has to be a type: also those that are not asked for.
        var known = system.Settings.Config.GetConfig(Identifiers).AsEnumerable()
            .ToDictionary(entry => Type.GetType(entry.Key, throwOnError: true), entry => entry.Value.GetInt());
        return known.TryGetValue(type, out var identifier)
            ? identifier
            : throw new ArgumentException(
                $"Couldn't find serializer id for [{type}] under [{Identifiers}] HOCON path", nameof(type));
    }
}
