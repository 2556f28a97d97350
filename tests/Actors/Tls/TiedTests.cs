using Akka.Actor;
using Akka.TestKit;
using Handoff.Actors.Tests.Keepers;
using Handoff.Actors.Tests.Processes;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tls;

// What a connection without TLS can and one with it cannot: its keys are this process's.
public sealed class TiedTests(ITestOutputHelper output)
    : ProcessTestKit(output, "handoff.keeper.check-interval = 100ms")
{
    private string KeeperPath => Path.Combine(Path.GetDirectoryName(DirectoryPath)!, "keeper");

    [Fact]
    public async Task Another_process_a_program_and_the_host_are_refused_before_they_are_asked()
    {
        var (owner, there) = (CreateTestProbe(), Other.CreateTestProbe());
        var target = Peer("login", there);
        var acquired = await SecureAsync(owner);
        Assert.Contains("TLS", Reverted(owner, Release(owner, acquired.Handle, target)), StringComparison.Ordinal);

        var observer = CreateTestProbe();
        Handoff.Processes.Tell(new OpenProgram("/bin/cat") { Observer = observer }, observer);
        var program = observer.ExpectMsg<ProgramOpened>().Program;
        Assert.Contains("TLS", Reverted(owner, Release(owner, acquired.Handle, program)), StringComparison.Ordinal);

        acquired.Handle.Socket.Tell(new Give(acquired.Handle, "login") { Scope = NameScope.Host }, owner);
        AssertTied(owner.ExpectMsg<Refused>());
        there.ExpectNoMsg(TimeSpan.Zero);
        await acquired.Lease.WriteAsync("mine");
    }

    [Fact]
    public async Task An_heir_in_another_process_is_refused_too_and_the_socket_closes()
    {
        var (owner, there) = (CreateTestProbe(), Other.CreateTestProbe());
        var acquired = await SecureAsync(owner);
        acquired.Handle.Socket.Tell(new SetHeir(acquired.Handle, Peer("login", there)), owner);
        owner.ExpectMsg<Confirmed>();
        Watch(acquired.Handle.Socket);
        Sys.Stop(owner);
        ExpectTerminated(acquired.Handle.Socket, Patience);
        there.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task It_is_not_kept_and_not_read_durably()
    {
        var owner = CreateTestProbe();
        var acquired = await SecureAsync(owner);
        acquired.Handle.Socket.Tell(new Keep(acquired.Handle, "login"), owner);
        AssertTied(owner.ExpectMsg<Refused>());
        acquired.Handle.Socket.Tell(new ReadDurably(acquired.Handle, IsOn: true), owner);
        AssertTied(owner.ExpectMsg<Refused>());
    }

    [Fact]
    public async Task What_is_kept_is_kept_no_longer_once_TLS_begins()
    {
        await using var keeper = new KeeperHere(KeeperPath);
        var owner = CreateTestProbe();
        Handoff.Keeper.Tell(new OpenKeeper(KeeperPath), owner);
        owner.ExpectMsg<Confirmed>();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new Keep(acquired.Handle, "login"), owner);
        owner.ExpectMsg<Confirmed>();
        acquired.Handle.Socket.Tell(new StartTls(acquired.Handle, TlsTestKit.AsServer), owner);
        Assert.Equal(ResultCode.EEMODENOTSUPP, owner.ExpectMsg<KeepingLost>().Result.Code);
        await keeper.ToldAsync("over 1");
        await using var stream = await TlsTestKit.ShakeHandsAsync(peer);
        await owner.ExpectMsg<TlsStarted>().Lease.WriteAsync("on");
        Assert.Equal("on", await TlsTestKit.ReceiveTextAsync(stream, 2));
    }

    [Fact]
    public async Task Durable_reads_come_before_TLS_and_keep_it_away()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new ReadDurably(acquired.Handle, IsOn: true), owner);
        owner.ExpectMsg<Confirmed>();
        acquired.Handle.Socket.Tell(new StartTls(acquired.Handle, TlsTestKit.AsServer), owner);
        Assert.Equal(ResultCode.EEMODENOTSUPP, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task A_splice_moves_what_is_plain_between_one_with_TLS_and_one_without()
    {
        var owner = CreateTestProbe();
        var (near, client) = await OwnAsync(owner);
        near.Handle.Socket.Tell(new StartTls(near.Handle, TlsTestKit.AsServer), owner);
        await using var stream = await TlsTestKit.ShakeHandsAsync(client);
        owner.ExpectMsg<TlsStarted>();
        var (far, server) = await OwnAsync(owner);
        using var _ = server;
        near.Handle.Socket.Tell(new Splice(near.Handle, far.Handle), owner);
        owner.ExpectMsg<Confirmed>();
        await stream.WriteAsync("question"u8.ToArray());
        Assert.Equal("question", await server.ReceiveTextAsync(8));
        near.Handle.Socket.Tell(new StartTls(near.Handle, TlsTestKit.AsServer), owner);
        Assert.Equal(ResultCode.EEALREADY, owner.ExpectMsg<Refused>().Result.Code);
        far.Handle.Socket.Tell(new StartTls(far.Handle, TlsTestKit.AsServer), owner);
        Assert.Equal(ResultCode.EEBUSY, owner.ExpectMsg<Refused>().Result.Code);
        await server.SendAsync("answer");
        server.FinishSending();
        Assert.Equal("answer", await TlsTestKit.ReceiveTextAsync(stream, 6));
        Assert.Equal(0, await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
        await stream.ShutdownAsync();
        Assert.Empty(await server.ReceiveToEndAsync());
        Assert.Equal(SpliceEnd.Finished, owner.FishForMessage<SpliceEnded>(_ => true, Patience).Why);
    }

    private static void AssertTied(Refused refused)
    {
        Assert.Equal(ResultCode.EEMODENOTSUPP, refused.Result.Code);
        Assert.Contains("TLS", refused.Result.Reason, StringComparison.Ordinal);
    }

    private async Task<(SocketHandle Handle, SocketLease? Lease)> SecureAsync(TestProbe owner)
    {
        var (acquired, peer) = await OwnAsync(owner);
        acquired.Handle.Socket.Tell(new StartTls(acquired.Handle, TlsTestKit.AsServer), owner);
        await TlsTestKit.ShakeHandsAsync(peer);
        return (acquired.Handle, owner.ExpectMsg<TlsStarted>().Lease);
    }
}
