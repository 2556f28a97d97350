using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace Handoff.Actors.Tests.Processes;

internal interface IOrder
{
    string Text { get; }
}

internal sealed record Order(string Text) : IOrder;

/// <summary>Its text says how its serializer fails with it, or which manifest it has.</summary>
internal sealed record Odd(string Text);

/// <summary>Bound to a serializer that writes the name of the type beside the bytes.</summary>
internal sealed record Named(string Text);

/// <summary>Bound to a serializer whose identifier another one has too.</summary>
internal sealed record Twin(string Text);

internal sealed record OtherTwin(string Text);

/// <summary>Bound to a serializer that wants an identifier of ours.</summary>
internal sealed record Greedy(string Text);

internal sealed record Unbound(string Text);

/// <summary>Has two versions: what it writes is the second, and it reads the first too.</summary>
internal sealed class OrderSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const int Id = 8001;

    public override int Identifier => Id;

    public override string Manifest(object o) => "order-2";

    public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((IOrder)obj).Text);

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "order-1" => new Order(Encoding.UTF8.GetString(bytes) + " (old)"),
        "order-2" => new Order(Encoding.UTF8.GetString(bytes)),
        _ => throw new SerializationException($"no order is {manifest}"),
    };
}

/// <summary>Fails in every way, and would load any type that a manifest names.</summary>
internal sealed class OddSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const int Id = 8002;

    public override int Identifier => Id;

    public override string Manifest(object o) => ((Odd)o).Text switch
    {
        "manifest throws" => throw new InvalidOperationException("no manifest today"),
        "no manifest" => null!,
        "its type" => typeof(Odd).FullName!,
        "its type and assembly" => $"{typeof(Odd).FullName}, {typeof(Odd).Assembly.GetName().Name}",
        "long manifest" => new string('\u00e9', 129),
        "as long as may be" => new string('\u00e9', 128),
        "empty manifest" => "",
        _ => "odd-1",
    };

    public override byte[] ToBinary(object obj) => ((Odd)obj).Text switch
    {
        "bytes throw" => throw new InvalidOperationException("no bytes today"),
        "no bytes" => null!,
        _ => [1],
    };

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "null" => null!,
        "throw" => throw new InvalidOperationException("unreadable"),
        _ => Activator.CreateInstance(Type.GetType(manifest, throwOnError: true)!)!,
    };
}

/// <summary>Makes whatever type its bytes come with.</summary>
internal sealed class NamedSerializer(ExtendedActorSystem system) : Serializer(system)
{
    public const int Id = 8003;

    public override int Identifier => Id;

    public override bool IncludeManifest => true;

    public override byte[] ToBinary(object obj) => [];

    public override object FromBinary(byte[] bytes, Type type) => Activator.CreateInstance(type)!;
}

internal abstract class Plain(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override string Manifest(object o) => "plain-1";

    public override byte[] ToBinary(object obj) => [];

    public override object FromBinary(byte[] bytes, string manifest) => manifest;
}

internal sealed class TwinSerializer(ExtendedActorSystem system) : Plain(system)
{
    public const int Id = 8004;

    public override int Identifier => Id;
}

internal sealed class OtherTwinSerializer(ExtendedActorSystem system) : Plain(system)
{
    public override int Identifier => TwinSerializer.Id;
}

internal sealed class GreedySerializer(ExtendedActorSystem system) : Plain(system)
{
    public override int Identifier => Handoff.Processes.AttachmentCodec.TextId;
}
