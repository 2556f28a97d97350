using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Handoff.Compat.Tests.Actors;

namespace Handoff.Compat.Tests.Serialization;

public sealed class SerializationTests() : ActorTest(Hocon)
{
    private static readonly string Hocon =
        $$"""
        akka.actor {
          serializers {
            notes = "{{Name<NoteSerializer>()}}"
            types = "{{Name<TypeSerializer>()}}"
            tuned = "{{Name<TunedSerializer>()}}"
            gone = "No.Such, Serializer"
          }
          serialization-bindings {
            "{{Name<INote>()}}" = notes
            "{{Name<Version>()}}" = types
            "{{Name<Uri>()}}" = tuned
            "No.Such, Message" = notes
            "{{Name<Guid>()}}" = nobody
          }
          serialization-identifiers { "{{Name<TypeSerializer>()}}" = 7002 }
          serialization-settings.tuned.level = 9
        }
        """;

    private Akka.Serialization.Serialization Serialization => Sys.Serialization;

    [Fact]
    public void The_serializer_of_a_message_is_the_one_that_its_type_or_what_it_implements_is_bound_to()
    {
        var notes = Assert.IsType<NoteSerializer>(Serialization.FindSerializerFor(new Note("a")));
        Assert.Same(notes, Serialization.FindSerializerForType(typeof(INote)));
        Assert.Same(notes, Serialization.FindSerializerForType(typeof(Note)));
        Assert.IsType<TypeSerializer>(Serialization.FindSerializerFor(new Version(1, 0)));
        Assert.IsType<ByteArraySerializer>(Serialization.FindSerializerFor(new byte[1]));
        Assert.IsType<NullSerializer>(Serialization.FindSerializerFor(null));
        Assert.Same(Sys, notes.Owner);
        Assert.Same(Sys, Serialization.System);
    }

    [Fact]
    public void What_nothing_is_bound_to_goes_by_the_serializer_that_is_named()
    {
        Assert.IsType<NoteSerializer>(Serialization.FindSerializerForType(typeof(Loose), "notes"));
        Assert.IsType<NoteSerializer>(Serialization.FindSerializerFor(new Loose("a")));
    }

    [Fact]
    public void A_message_is_written_by_its_serializer_and_read_by_the_identifier_and_the_manifest()
    {
        var bytes = Serialization.Serialize(new Note("hello"));
        Assert.Equal(new Note("hello"), Serialization.Deserialize(bytes, NoteSerializer.Id, "note-2"));
        Assert.Equal(new Note("hello (old)"), Serialization.Deserialize(bytes, NoteSerializer.Id, "note-1"));
    }

    [Fact]
    public void What_the_serializer_throws_comes_through()
    {
        var unknown = Assert.Throws<SerializationException>(
            () => Serialization.Deserialize([], NoteSerializer.Id, "note-3"));
        Assert.Equal("no note is note-3", unknown.Message);
    }

    [Fact]
    public void An_identifier_that_no_serializer_has_is_told()
    {
        var byManifest = Assert.Throws<SerializationException>(() => Serialization.Deserialize([], 7099, "note-2"));
        Assert.Contains("7099", byManifest.Message, StringComparison.Ordinal);
        var byType = Assert.Throws<SerializationException>(() => Serialization.Deserialize([], 7099, typeof(Note)));
        Assert.Contains("7099", byType.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_serializer_without_manifests_of_its_own_is_given_the_type_that_the_manifest_names()
    {
        Assert.Equal((2, typeof(Note)), Serialization.Deserialize([1, 2], 7002, Name<Note>()));
        Assert.Equal((0, typeof(Note)), Serialization.Deserialize([], 7002, typeof(Note)));
        Assert.Equal((0, (Type?)null), Serialization.Deserialize([], 7002, ""));
        Assert.Throws<SerializationException>(() => Serialization.Deserialize([], 7002, "No.Such, Type"));
    }

    [Fact]
    public void The_identifier_is_the_serializers_own_or_stands_in_the_configuration()
    {
        Assert.Equal(7002, Serialization.FindSerializerForType(typeof(Version)).Identifier);
        Assert.Equal(4, Serialization.FindSerializerForType(typeof(byte[])).Identifier);
        var system = (ExtendedActorSystem)Sys;
        var configured = SerializerIdentifierHelper.GetSerializerIdentifierFromConfig(typeof(TypeSerializer), system);
        Assert.Equal(7002, configured);
        Assert.Throws<ArgumentException>(() => new Anonymous(system).Identifier);
    }

    [Fact]
    public void A_serializer_that_has_settings_is_made_with_them()
    {
        var tuned = Assert.IsType<TunedSerializer>(Serialization.FindSerializerForType(typeof(Uri)));
        Assert.Equal(9, tuned.Level);
        Assert.Equal(9, tuned.FromBinary<int>(tuned.ToBinary(new Uri("http://a"))));
    }

    [Fact]
    public void A_serializer_and_a_binding_can_be_added_while_the_system_runs()
    {
        var telling = new Telling((ExtendedActorSystem)Sys);
        Serialization.AddSerializer("telling", telling);
        Serialization.AddSerializationMap(typeof(Loose), telling);
        Assert.Same(telling, Serialization.FindSerializerFor(new Loose("a")));
        Assert.Equal("any", Serialization.Deserialize([], 7004, "any"));
    }

    [Fact]
    public void A_type_without_the_version_of_its_assembly_is_the_manifest_that_is_made_of_it()
    {
        var telling = new Telling((ExtendedActorSystem)Sys);
        var assembly = typeof(Note).Assembly.GetName().Name;
        Assert.Equal($"{typeof(Note).FullName}, {assembly}", telling.FromBinary([], typeof(Note)));
        Assert.Equal("System.String, System.Private.CoreLib", telling.FromBinary<string>([]));
        Assert.True(telling.IncludeManifest);
    }

    [Fact]
    public void A_fallback_that_comes_later_brings_its_serializers_and_makes_all_anew()
    {
        var before = Serialization;
        var notes = before.FindSerializerForType(typeof(INote));
        Sys.Settings.InjectTopLevelFallback(ConfigurationFactory.ParseString(
            $$"""
            akka.actor.serializers.telling = "{{Name<Telling>()}}"
            akka.actor.serialization-bindings."{{Name<Loose>()}}" = telling
            """));
        Assert.NotSame(before, Serialization);
        Assert.IsType<Telling>(Serialization.FindSerializerFor(new Loose("a")));
        Assert.NotSame(notes, Assert.IsType<NoteSerializer>(Serialization.FindSerializerForType(typeof(INote))));
    }

    [Fact]
    public void Bytes_are_their_own_serialized_form_and_nothing_else_is()
    {
        var system = (ExtendedActorSystem)Sys;
        byte[] bytes = [1, 2];
        var serializer = new ByteArraySerializer(system);
        Assert.Same(bytes, serializer.ToBinary(bytes));
        Assert.Same(bytes, serializer.FromBinary(bytes, typeof(byte[])));
        Assert.Null(serializer.ToBinary(null));
        Assert.False(serializer.IncludeManifest);
        Assert.Throws<NotSupportedException>(() => serializer.ToBinary("text"));
        var none = new NullSerializer(system);
        Assert.Empty(none.ToBinary(null));
        Assert.Null(none.FromBinary([], typeof(object)));
        Assert.Equal(0, none.Identifier);
        Assert.False(none.IncludeManifest);
    }

    [Fact]
    public void A_serialization_can_be_made_for_a_system()
    {
        var own = new Akka.Serialization.Serialization((ExtendedActorSystem)Sys);
        Assert.IsType<NoteSerializer>(own.FindSerializerFor(new Note("a")));
    }

    private static string Name<T>() => typeof(T).AssemblyQualifiedName!;
}
