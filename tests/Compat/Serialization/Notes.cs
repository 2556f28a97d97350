using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Handoff.Compat.Tests.Serialization;

internal interface INote
{
    string Text { get; }
}

internal sealed record Note(string Text) : INote;

internal sealed record Loose(string Text);

/// <summary>Writes notes, and knows two versions of them.</summary>
internal sealed class NoteSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const int Id = 7001;

    public override int Identifier => Id;

    public ExtendedActorSystem Owner => system;

    public override string Manifest(object o) => "note-2";

    public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((INote)obj).Text);

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "note-1" => new Note(Encoding.UTF8.GetString(bytes) + " (old)"),
        "note-2" => new Note(Encoding.UTF8.GetString(bytes)),
        _ => throw new SerializationException($"no note is {manifest}"),
    };
}

/// <summary>Writes nothing, and tells by which type it was to read; its identifier is configured.</summary>
internal sealed class TypeSerializer(ExtendedActorSystem system) : Serializer(system)
{
    public override bool IncludeManifest => true;

    public override byte[] ToBinary(object obj) => [];

    public override object FromBinary(byte[] bytes, Type type) => (bytes.Length, type);
}

/// <summary>Is made with its settings.</summary>
internal sealed class TunedSerializer(ExtendedActorSystem system, Config settings) : Serializer(system)
{
    public override int Identifier => 7003;

    public override bool IncludeManifest => false;

    public int Level { get; } = settings.GetInt("level");

    public override byte[] ToBinary(object obj) => [(byte)Level];

    public override object FromBinary(byte[] bytes, Type type) => (int)bytes[0];
}

/// <summary>Has no identifier, neither of its own nor in the configuration.</summary>
internal sealed class Anonymous(ExtendedActorSystem system) : Serializer(system)
{
    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => [];

    public override object FromBinary(byte[] bytes, Type type) => bytes;
}

/// <summary>Tells the manifest that was made of a type.</summary>
internal sealed class Telling(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 7004;

    public override string Manifest(object o) => "";

    public override byte[] ToBinary(object obj) => [];

    public override object FromBinary(byte[] bytes, string manifest) => manifest;
}
