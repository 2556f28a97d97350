using System.Text;
using Handoff.TestKit.Checks;

namespace Handoff.TestKit.Tests.Checks;

public sealed class MessageCheckTests : IClassFixture<Cast>
{
    private readonly Cast _cast;
    private readonly Violations _violations = new();
    private readonly MessageCheck _check;

    public MessageCheckTests(Cast cast)
    {
        _cast = cast;
        _check = new MessageCheck(_violations, "board");
        _check.Sends("ann", Bytes("one"));
        _check.Sends("joe", Bytes("two"));
        _check.Sends("ann", Bytes("three"));
        _check.Begins(cast.Login, cast.Acquired(1));
    }

    [Fact]
    public void Messages_of_several_senders_across_a_handoff_and_again_after_a_revert_are_right()
    {
        _check.Reads(0, "joe", "two"u8);
        _check.ConsumedByLease(1);
        _check.Reads(1, "ann", "one"u8);
        _check.Begins(_cast.Game, _cast.Acquired(2, consumed: 1));
        _check.Reads(1, "ann", "one"u8);
        _check.ConsumedByMessage(2);
        _check.Reads(2, "ann", "three"u8);
        Assert.Null(_violations.First);
    }

    [Theory]
    [InlineData(0, "joe", "one", "board: message 0 is not what joe sent next")]
    [InlineData(0, "ann", "three", "board: message 0 is not what ann sent next")]
    [InlineData(0, "ann", "on", "board: message 0 is not what ann sent next")]
    [InlineData(0, "eve", "one", "board: message 0 is not what eve sent next")]
    [InlineData(1, "ann", "one", "board: message 1 comes, but 0 is the next one")]
    public void Another_sender_another_text_and_a_gap_are_found(
        long position, string sender, string text, string violation)
    {
        _check.Reads(position, sender, Bytes(text));
        Assert.Equal(violation, _violations.First);
    }

    [Theory]
    [InlineData(0, "ann", "one", "board: message 0 was consumed, and comes again")]
    [InlineData(1, "ann", "two", "board: message 1 was another one before, of joe")]
    [InlineData(1, "joe", "tw", "board: message 1 was another one before, of joe")]
    public void A_message_that_comes_again_and_should_not_or_is_another_is_found(
        long position, string sender, string text, string violation)
    {
        _check.Reads(0, "ann", "one"u8);
        _check.ConsumedByLease(1);
        _check.Reads(1, "joe", "two"u8);
        _check.Reads(position, sender, Bytes(text));
        Assert.Equal(violation, _violations.First);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_owner_that_begins_elsewhere_is_found(long consumed)
    {
        _check.Reads(0, "ann", "one"u8);
        _check.ConsumedByLease(1);
        _check.Begins(_cast.Game, _cast.Acquired(2, consumed: consumed));
        Assert.Equal($"board: game begins at {consumed}, but 1 messages were consumed", _violations.First);
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
