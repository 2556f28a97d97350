using Akka.Actor;
using Akka.Configuration;
using Handoff.Processes;
using Handoff.Transport;
using Handoff.Transport.Handles.Frames;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

public sealed class AttachmentCodecTests(ITestOutputHelper output) : CodecTestKit(output)
{
    [Theory]
    [InlineData("")]
    [InlineData("gr\u00fc\u00df dich \ud83d\ude00")]
    public void A_text_and_bytes_cross_without_any_serializer(string text)
    {
        var codec = Codec();
        var (encoded, result) = codec.TryEncode(text);
        Assert.True(result.IsSuccess, result.ToString());
        Assert.Equal(new AttachmentKind(AttachmentCodec.TextId, ""), encoded!.Kind);
        Assert.Equal(text, codec.TryDecode(encoded.Kind, encoded.Bytes).Attachment);

        byte[] bytes = [0, 1, 255];
        var ofBytes = codec.TryEncode(bytes).Encoded!;
        Assert.Equal(new AttachmentKind(AttachmentCodec.BytesId, ""), ofBytes.Kind);
        Assert.Equal(bytes, codec.TryDecode(ofBytes.Kind, ofBytes.Bytes).Attachment);
    }

    [Fact]
    public void What_is_bound_to_a_serializer_with_versions_crosses_as_its_bytes_under_its_number_and_version()
    {
        var codec = Codec();
        var (encoded, result) = codec.TryEncode(new Order("two of them"));
        Assert.True(result.IsSuccess, result.ToString());
        Assert.Equal(new AttachmentKind(OrderSerializer.Id, "order-2"), encoded!.Kind);
        Assert.Equal("two of them"u8.ToArray(), encoded.Bytes.ToArray());
        Assert.Equal(new Order("two of them"), codec.TryDecode(encoded.Kind, encoded.Bytes).Attachment);
    }

    [Fact]
    public void An_older_version_is_read_and_one_that_the_serializer_does_not_know_is_refused()
    {
        var codec = Codec();
        var old = new AttachmentKind(OrderSerializer.Id, "order-1");
        Assert.Equal(new Order("a (old)"), codec.TryDecode(old, "a"u8.ToArray()).Attachment);
        var newer = new AttachmentKind(OrderSerializer.Id, "order-3");
        Refused(codec.TryDecode(newer, "a"u8.ToArray()), ResultCode.EEMODENOTSUPP, "order-3");
    }

    [Fact]
    public void What_only_the_default_serializer_writes_is_refused_by_its_type_with_what_to_do()
    {
        var codec = Codec();
        object[] unbound = [new Unbound("a"), new object(), 5, new List<int> { 1 }, new sbyte[] { 1 }];
        foreach (var attachment in unbound)
        {
            var answer = codec.TryEncode(attachment);
            Refused(answer, ResultCode.EEMODENOTSUPP, attachment.GetType().ToString());
            Refused(answer, ResultCode.EEMODENOTSUPP, "akka.actor.serialization-bindings");
        }
    }

    [Fact]
    public void What_would_be_read_by_the_name_of_its_type_is_refused()
    {
        var codec = Codec();
        Refused(codec.TryEncode(new Named("a")), ResultCode.EEMODENOTSUPP, nameof(NamedSerializer));
        Refused(codec.TryEncode(new Odd("its type")), ResultCode.EEMODENOTSUPP, nameof(OddSerializer));
        Refused(codec.TryEncode(new Odd("its type and assembly")), ResultCode.EEMODENOTSUPP, nameof(OddSerializer));
    }

    [Fact]
    public void A_serializer_whose_number_is_another_s_too_writes_and_reads_nothing()
    {
        var codec = Codec();
        Refused(codec.TryEncode(new Twin("a")), ResultCode.EEMODENOTSUPP, nameof(TwinSerializer));
        Refused(codec.TryEncode(new OtherTwin("a")), ResultCode.EEMODENOTSUPP, nameof(OtherTwinSerializer));
        Refused(codec.TryEncode(new Greedy("a")), ResultCode.EEMODENOTSUPP, nameof(GreedySerializer));
    }

    // A serializer that was added by hand is not in the configuration, and so not declared.
    [Fact]
    public void A_serializer_that_the_configuration_does_not_bind_is_not_used()
    {
        var codec = Codec();
        Sys.Serialization.AddSerializationMap(typeof(Unbound), new PrivateSerializer((ExtendedActorSystem)Sys));
        Refused(codec.TryEncode(new Unbound("a")), ResultCode.EEMODENOTSUPP, nameof(PrivateSerializer));
    }

    [Theory]
    [InlineData("manifest throws", ResultCode.EEBADDATA, "no manifest today")]
    [InlineData("bytes throw", ResultCode.EEBADDATA, "no bytes today")]
    [InlineData("no bytes", ResultCode.EEBADDATA, "nothing")]
    [InlineData("no manifest", ResultCode.EEMODENOTSUPP, "empty")]
    [InlineData("empty manifest", ResultCode.EEMODENOTSUPP, "empty")]
    [InlineData("long manifest", ResultCode.EEMODENOTSUPP, "longer than 256 bytes")]
    public void A_serializer_that_fails_to_write_is_a_result(string how, ResultCode code, string word)
    {
        var answer = Codec().TryEncode(new Odd(how));
        Refused(answer, code, word);
        Refused(answer, code, typeof(Odd).FullName!);
    }

    [Theory]
    [InlineData("throw", "unreadable")]
    [InlineData("null", "nothing")]
    public void A_serializer_that_fails_to_read_is_a_result(string manifest, string word)
    {
        var codec = Codec();
        var kind = new AttachmentKind(OddSerializer.Id, manifest);
        Refused(codec.TryDecode(kind, new byte[1]), ResultCode.EEBADDATA, word);
    }

    [Fact]
    public void Text_that_is_none_is_a_result_on_either_side()
    {
        var codec = Codec();
        Refused(codec.TryEncode("a\ud800"), ResultCode.EEBADDATA, "System.String");
        Refused(codec.TryDecode(new(AttachmentCodec.TextId, ""), new byte[] { 0xFF }), ResultCode.EEBADDATA, "read");
    }

    [Fact]
    public void An_attachment_as_long_as_the_bound_crosses_and_a_longer_one_does_not()
    {
        var codec = Codec();
        foreach (var filled in (object[])[new byte[Bound], new string('a', Bound), new Order(new string('a', Bound))])
        {
            var encoded = codec.TryEncode(filled).Encoded!;
            Assert.Equal(Bound, encoded.Bytes.Length);
            Assert.Equal(filled, codec.TryDecode(encoded.Kind, encoded.Bytes).Attachment);
            Refused(codec.TryDecode(encoded.Kind, new byte[Bound + 1]), ResultCode.EEMSGSIZE, "1001");
        }

        const string key = "handoff.handles.max-attachment";
        Refused(codec.TryEncode(new byte[Bound + 1]), ResultCode.EEMSGSIZE, key);
        Refused(codec.TryEncode(new string('a', Bound + 1)), ResultCode.EEMSGSIZE, key);
        Refused(codec.TryEncode(new Order(new string('a', Bound + 1))), ResultCode.EEMSGSIZE, key);
    }

    [Fact]
    public void The_longest_manifest_fits_the_frame_that_it_goes_in()
    {
        var encoded = Codec().TryEncode(new Odd("as long as may be")).Encoded!;
        var facts = new SocketFacts(HandleKind.Stream, "tcp", null, null, 0, 0, encoded);
        var offer = new Frame.Offer(1, HandleCapabilities.Attachments, TimeSpan.Zero, "", [facts]);
        var read = FrameDecoder.Decode(FrameEncoder.Encode(offer).Span, 4096);
        Assert.Equal(encoded.Kind, Assert.IsType<Frame.Offer>(read.Frame).Sockets[0].Attachment?.Kind);
    }

    // A library that starts later brings its configuration, and Akka makes all serializers anew.
    [Fact]
    public void Serializers_that_are_made_anew_are_found_again()
    {
        var codec = Codec();
        var kind = new AttachmentKind(PrivateSerializer.Id, "plain-1");
        Sys.Settings.InjectTopLevelFallback(ConfigurationFactory.ParseString(
            $$"""
            akka.actor.serializers.late = "{{Name<PrivateSerializer>()}}"
            akka.actor.serialization-bindings."{{Name<Unbound>()}}" = late
            """));
        Assert.Equal(kind, codec.TryEncode(new Unbound("a")).Encoded!.Kind);
        Assert.True(codec.TryEncode(new Order("a")).Result.IsSuccess);
    }

    private sealed class PrivateSerializer(ExtendedActorSystem system) : Plain(system)
    {
        public const int Id = 8005;

        public override int Identifier => Id;
    }
}
