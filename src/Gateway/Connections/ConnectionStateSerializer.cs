using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace Handoff.Gateway.Connections;

// The state of a connection as the next version of the gateway reads it, and the one before: a manifest says which
// form it is, and one that is not known here is refused before anything has moved.
internal sealed class ConnectionStateSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const string First = "connection/1";

    // What its configuration needs: Akka finds it by the type of what it writes, and a reader by its number.
    public static string Configuration { get; } =
        $$"""
        akka.actor {
          serializers.handoff-gateway = "{{NameOf(typeof(ConnectionStateSerializer))}}"
          serialization-bindings { "{{NameOf(typeof(ConnectionState))}}" = handoff-gateway }
          serialization-identifiers { "{{NameOf(typeof(ConnectionStateSerializer))}}" = 26727 }
        }
        """;

    public override string Manifest(object o) => First;

    public override byte[] ToBinary(object obj)
    {
        var state = (ConnectionState)obj;
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
        {
            writer.Write(state.Service);
            writer.Write(state.At);
            writer.Write(state.Idle.Ticks);
        }

        return bytes.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (manifest != First) throw new SerializationException($"the state of a connection as \"{manifest}\"");
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var (service, at, idle) = (reader.ReadString(), reader.ReadInt64(), reader.ReadInt64());
        var state = new ConnectionState(service, at, TimeSpan.FromTicks(idle));
        var isWhole = reader.BaseStream.Position == bytes.Length && state is { At: >= 0, Idle.Ticks: >= 0 };
        return isWhole ? state : throw new FormatException("The state of a connection is malformed.");
    }

    private static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
