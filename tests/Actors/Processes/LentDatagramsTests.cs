using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// inetd's dgram wait: tftpd and talkd are started so.
public sealed class LentDatagramsTests(ITestOutputHelper output) : LendingTestKit(output)
{
    // dd reads one datagram.
    private const string TakesOne = "exec 2>/dev/null; echo $PROTO >$1; dd bs=2000 count=1 >>$1; exit 5";

    [Fact]
    public void Each_program_finds_the_datagrams_that_came_and_what_it_leaves_is_the_next_ones()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var acquired = BindUnread(owner, forPrograms: true);
        client.SendTo("one"u8, acquired.Facts.Local!);
        client.SendTo("two"u8, acquired.Facts.Local!);
        var file = Path.GetTempFileName();
        var program = Open(observer, Shell(TakesOne, file));
        var handle = acquired.Handle;
        foreach (var expected in (string[])["UDP\none", "UDP\ntwo"])
        {
            Lend(owner, handle, program);
            owner.ExpectMsg<Released>();
            observer.ExpectMsg<ProgramStarted>();
            Assert.Equal(5, observer.ExpectMsg<ProgramEnded>().ExitCode);
            Assert.Equal(expected, File.ReadAllText(file));
            var (returned, back) = TakeBack(owner);
            Assert.Equal(LoanOutcome.Returned, returned.Outcome);
            handle = back.Handle;
            Assert.Equal(0, StatusOf(owner, handle.Socket).Facts.UnreadMessages);
        }

        File.Delete(file);
    }

    [Fact]
    public async Task A_socket_that_comes_back_is_read_and_written_by_its_owner_as_before()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        client.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var acquired = BindUnread(owner, forPrograms: false);
        Lend(owner, acquired.Handle, Open(observer, Sleeping));
        AwaitStopped(acquired.Facts.Local!);
        client.SendTo("later"u8, acquired.Facts.Local!);
        var process = observer.ExpectMsg<ProgramStarted>().ProcessId;
        owner.ExpectMsg<Released>();
        Kill(process);
        var (_, back) = TakeBack(owner);
        using var bound = new CancellationTokenSource(Patience);
        var message = await back.Messages!.ReadAsync(bound.Token);
        Assert.Equal("later", Encoding.ASCII.GetString(message.Bytes.Span));
    }

    [Fact]
    public void What_was_read_already_stays_with_its_owner_who_is_told_what_to_do()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var acquired = BindUnread(owner, forPrograms: false);
        client.SendTo("early"u8, acquired.Facts.Local!);
        AwaitCondition(() => StatusOf(owner, acquired.Handle.Socket).Facts.UnreadMessages == 1, Patience);
        var lent = Lend(owner, acquired.Handle, Open(observer, Sleeping));
        var reason = NotLent(owner, lent, OfferOutcome.Declined).Result.Reason;
        Assert.Contains("1 messages are read already", reason, StringComparison.Ordinal);
        Assert.Contains("ForPrograms", reason, StringComparison.Ordinal);
        var given = Release(owner, acquired.Handle, Open(observer, Sleeping));
        Assert.Contains(
            "lend it (Release.LoanFor)", NotLent(owner, given, OfferOutcome.Declined).Result.Reason,
            StringComparison.Ordinal);
    }

    private Acquired BindUnread(TestProbe owner, bool forPrograms)
    {
        var bind = new Bind(new IPEndPoint(IPAddress.Loopback, 0), owner) { ForPrograms = forPrograms };
        Handoff.Sockets.Tell(bind, owner);
        return owner.ExpectMsg<Acquired>();
    }
}
