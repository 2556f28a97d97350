using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Kernel;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Sctp;

public sealed class EndCausesTests
{
    private static readonly SctpAssociationId One = new(7);
    private static readonly IPEndPoint Peer = new(IPAddress.Loopback, 7);
    private static readonly SctpLost Lost = new(One, ResultCode.None, 0);
    private static readonly SctpCannotStart Failed = new(One, ResultCode.None);

    private readonly ManualTime _time = new();
    private readonly EndCauses _causes;

    public EndCausesTests() => _causes = new EndCauses(_time);

    [Fact]
    public void An_association_that_was_lost_in_silence_has_timed_out()
    {
        Assert.Equal(ResultCode.EERESET, Code(Lost));
        Hear(answers: false);
        Assert.Equal(ResultCode.EETIMEDOUT, Code(Lost));
        Assert.Equal(ResultCode.EERESET, Code(Lost));
        Hear(answers: false);
        Hear(answers: true);
        Assert.Equal(ResultCode.EERESET, Code(Lost));
    }

    [Theory]
    [InlineData(110, ResultCode.EETIMEDOUT)]
    [InlineData(104, ResultCode.EERESET)]
    [InlineData(103, ResultCode.EEABORTED)]
    public void What_the_kernel_keeps_says_more(int error, ResultCode code)
    {
        Hear(answers: false);
        Assert.Equal(code, Code(Lost, (Errno)error));
        Assert.Equal(ResultCode.EEABORTED, Code(Lost with { Code = ResultCode.EEABORTED }, (Errno)error));
    }

    [Fact]
    public void An_association_that_did_not_come_up_has_timed_out_if_all_tries_are_over()
    {
        _causes.Begins(One);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(ResultCode.EECONNREFUSED, Code(Failed));
        _causes.Begins(One);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ResultCode.EETIMEDOUT, Code(Failed));
        Assert.Equal(ResultCode.EECONNREFUSED, Code(Failed));
    }

    [Fact]
    public void One_that_is_up_does_not_begin_any_more()
    {
        _causes.Begins(One);
        _causes.Begins(Peer);
        _causes.Heard(new SctpNotification(One, new SctpUp(One, 1, 1)), null);
        Assert.Equal(1, _causes.Beginning);
        _causes.Heard(new SctpNotification(One, new SctpUp(One, 1, 1)), new IPEndPoint(IPAddress.Loopback, 7));
        Assert.Equal(0, _causes.Beginning);
    }

    [Fact]
    public void One_that_a_send_begins_has_no_number_and_begins_with_the_first_send()
    {
        _causes.Begins(Peer);
        _time.Advance(TimeSpan.FromSeconds(5));
        _causes.Begins(Peer);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ResultCode.EECONNREFUSED, Code(Failed with { Association = default }));
        Assert.Equal(ResultCode.EETIMEDOUT, Code(Failed with { Association = default }, sender: Peer));
    }

    [Fact]
    public void No_more_are_kept_than_may_begin_at_once()
    {
        for (var i = 0; i < EndCauses.MostBeginning + 100; i++) _causes.Begins(new SctpAssociationId(i + 1));
        Assert.Equal(EndCauses.MostBeginning, _causes.Beginning);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ResultCode.EETIMEDOUT, Code(Failed));
        var later = new SctpAssociationId(EndCauses.MostBeginning + 50);
        Assert.Equal(ResultCode.EECONNREFUSED, Code(new SctpCannotStart(later, ResultCode.None)));
    }

    [Fact]
    public void What_is_known_of_an_association_goes_with_it()
    {
        var peeled = new EndCauses(_time);
        Hear(answers: false);
        _causes.Begins(One);
        _causes.Move(One, peeled);
        Assert.Equal((0, 1), (_causes.Beginning, peeled.Beginning));
        Assert.Equal(ResultCode.EERESET, Code(Lost));
        Assert.Equal(ResultCode.EETIMEDOUT, ((SctpLost)peeled.Explain(Lost, null, Errno.None, Tries)).Code);
    }

    [Fact]
    public void Tries_wait_twice_as_long_each_time_up_to_a_most()
    {
        // 3, 6, 12, 24, 48, 60, 60, 60 and half of 60 seconds: what RFC 9260 begins with.
        Assert.Equal(TimeSpan.FromSeconds(303), EndCauses.TriesOf(3000, 60_000, 8));
        Assert.Equal(TimeSpan.FromMilliseconds(150), EndCauses.TriesOf(100, 100, 1));
        Assert.Equal(TimeSpan.FromMilliseconds(50), EndCauses.TriesOf(200, 100, 0));
    }

    private static TimeSpan Tries() => TimeSpan.FromSeconds(10);

    private void Hear(bool answers) => _causes.Heard(
        new SctpNotification(One, null) { Answers = answers }, null);

    private ResultCode Code(SctpEvent last, Errno pending = Errno.None, IPEndPoint? sender = null) =>
        _causes.Explain(last, sender, pending, Tries) switch
        {
            SctpLost lost => lost.Code,
            SctpCannotStart failed => failed.Code,
            _ => ResultCode.None,
        };
}
