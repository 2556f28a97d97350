using System.Net;
using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// Real programs of the system, with connections of loopback.
public sealed class ProgramTests(ITestOutputHelper output) : SocketTestKit(output, Config, virtualTime: false)
{
    private const string Config = """
        handoff.children.max-children = 4
        handoff.children.stop-timeout = 1s
        handoff.children.max-run-limit = 1h

        """;

    [Fact]
    public async Task What_a_client_sent_before_the_program_runs_is_the_programs_input_to_the_last_byte()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var acceptor = CreateTestProbe();
        var listening = Unread(owner, acceptor);
        using var peer = await ConnectAsync(listening);
        var bytes = new byte[100_000];
        new Random(7).NextBytes(bytes);
        await peer.SendAsync(bytes);
        peer.FinishSending();
        var offered = acceptor.ExpectMsg<Offered>();
        Open(observer, "/bin/cat").Tell(offered, acceptor);
        Assert.Equal(bytes, await peer.ReceiveToEndAsync());
        var started = observer.ExpectMsg<ProgramStarted>();
        var ended = observer.ExpectMsg<ProgramEnded>();
        Assert.Equal(
            (started.ProcessId, 0, null, ProgramStop.None),
            (ended.ProcessId, ended.ExitCode, ended.Signal, ended.Stop));
        Assert.Equal(offered.Facts.Id, ended.Socket.Id);
        Assert.False(Directory.Exists($"/proc/{ended.ProcessId}"), "it is not reaped");
    }

    [Fact]
    public async Task A_program_that_is_the_acceptor_has_each_connection_with_its_arguments_and_its_variables()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var program = Open(observer, Shell("echo \"$0 $1 $COLOUR $PROTO $TCPREMOTEPORT\"", "one") with
        {
            Environment = new Dictionary<string, string> { ["COLOUR"] = "red" },
        });
        var listening = Unread(owner, program);
        for (var i = 0; i < 3; i++)
        {
            using var peer = await ConnectAsync(listening);
            var port = ((IPEndPoint)peer.Socket.LocalEndPoint!).Port;
            Assert.Equal($"sh one red TCP {port}\n", Encoding.ASCII.GetString(await peer.ReceiveToEndAsync()));
        }
    }

    [Fact]
    public async Task An_owner_that_releases_to_a_program_is_told_and_owns_it_no_more()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        owner.Watch(acquired.Handle.Socket);
        var release = Release(owner, acquired.Handle, Open(observer, Shell("read line; echo \"got $line\"; exit 7")));
        Assert.Equal(release, owner.ExpectMsg<Released>().Release);
        owner.ExpectTerminated(acquired.Handle.Socket);
        await peer.SendAsync("it\n");
        Assert.Equal("got it\n", Encoding.ASCII.GetString(await peer.ReceiveToEndAsync()));
        observer.ExpectMsg<ProgramStarted>();
        Assert.Equal(7, observer.ExpectMsg<ProgramEnded>().ExitCode);
    }

    [Fact]
    public async Task A_release_to_a_program_that_does_not_exist_fails_with_a_code_and_the_owner_goes_on()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var release = Release(owner, acquired.Handle, Open(observer, "/no/such/program"));
        var failed = owner.ExpectMsg<ReleaseFailed>();
        Assert.Equal(release, failed.Release);
        Assert.Contains("EESPAWN", failed.Result.Reason, StringComparison.Ordinal);
        Assert.Equal(ResultCode.EESPAWN, observer.ExpectMsg<ProgramFailed>().Result.Code);
        await peer.SendAsync("still");
        Assert.Equal("still", await acquired.Lease!.ReadTextAsync(5));
    }

    [Fact]
    public async Task Bytes_that_were_read_already_stay_with_their_owner_who_is_told_what_to_do()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("early");
        AwaitCondition(() => StatusOf(owner, acquired.Handle.Socket).Facts.Unread == 5, Patience);
        Release(owner, acquired.Handle, Open(observer, "/bin/cat"));
        var reason = owner.ExpectMsg<ReleaseFailed>().Result.Reason;
        Assert.Contains("EEMODENOTSUPP", reason, StringComparison.Ordinal);
        Assert.Contains("5 bytes are read already", reason, StringComparison.Ordinal);
        Assert.Contains("ReadsWhenAcquired", reason, StringComparison.Ordinal);
        observer.ExpectMsg<ProgramFailed>();
        Assert.Equal("early", await acquired.Lease!.ReadTextAsync(5));
    }

    [Fact]
    public async Task What_is_unread_until_it_is_acquired_is_read_then()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        var listening = Unread(owner, acceptor);
        using var peer = await ConnectAsync(listening);
        await peer.SendAsync("waits");
        var offered = acceptor.ExpectMsg<Offered>();
        Assert.Equal(0, StatusOf(acceptor, offered.Offer.Socket).Facts.Unread);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, acceptor), acceptor);
        var acquired = acceptor.ExpectMsg<Acquired>();
        Assert.Equal("waits", await acquired.Lease!.ReadTextAsync(5));
    }

    [Fact]
    public async Task What_was_never_read_and_is_declined_is_closed()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        var listening = Unread(owner, acceptor);
        using var peer = await ConnectAsync(listening);
        await peer.SendAsync("in vain");
        var offered = acceptor.ExpectMsg<Offered>();
        acceptor.Watch(offered.Offer.Socket);
        offered.Offer.Socket.Tell(new Decline(offered.Offer, acceptor, "no"), acceptor);
        acceptor.ExpectMsg<Withdrawn>();
        Assert.Empty(await peer.ReceiveToEndAsync());
        peer.Dispose();
        acceptor.ExpectTerminated(offered.Offer.Socket);
    }

    [Fact]
    public async Task A_program_that_runs_for_too_long_is_ended_and_so_is_one_whose_observer_stops()
    {
        var (owner, limited, endless) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var brief = Unread(owner, Open(limited, Shell("exec sleep 1000") with
        {
            RunLimit = TimeSpan.FromMilliseconds(50),
        }));
        using var first = await ConnectAsync(brief);
        limited.ExpectMsg<ProgramStarted>();
        var ended = limited.ExpectMsg<ProgramEnded>();
        Assert.Equal((15, ProgramStop.TimedOut), (ended.Signal, ended.Stop));
        Assert.Empty(await first.ReceiveToEndAsync());

        // It does not hear SIGTERM, and has a child of its own.
        var deaf = Unread(owner, Open(endless, Shell("trap '' TERM; sleep 1000 & echo up; wait; wait")));
        using var second = await ConnectAsync(deaf);
        Assert.Equal("up\n", await second.ReceiveTextAsync(3));
        var process = endless.ExpectMsg<ProgramStarted>().ProcessId;
        Sys.Stop(endless);
        Assert.Empty(await second.ReceiveToEndAsync());
        AwaitCondition(() => !Directory.Exists($"/proc/{process}"), Patience);
    }

    [Fact]
    public async Task As_many_run_as_may_and_one_more_is_declined()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var listening = Unread(owner, Open(observer, Shell("echo up; read line") with { MaxChildren = 2 }));
        using var first = await ConnectAsync(listening);
        using var second = await ConnectAsync(listening);
        Assert.Equal("up\nup\n", await first.ReceiveTextAsync(3) + await second.ReceiveTextAsync(3));
        observer.ExpectMsg<ProgramStarted>();
        observer.ExpectMsg<ProgramStarted>();
        using var third = await ConnectAsync(listening);
        Assert.Equal(ResultCode.EEQUOTA, observer.ExpectMsg<ProgramFailed>().Result.Code);
        Assert.Empty(await third.ReceiveToEndAsync());
        await first.SendAsync("\n");
        observer.ExpectMsg<ProgramEnded>();

        // Its place is free once the target knows, too.
        AwaitAssert(() =>
        {
            using var fourth = ConnectAsync(listening).GetAwaiter().GetResult();
            observer.ExpectMsg<ProgramStarted>();
        });
    }

    [Fact]
    public void No_more_targets_are_open_than_may_and_a_stopped_one_makes_room()
    {
        var observer = CreateTestProbe();
        var open = Enumerable.Range(0, 4).Select(_ => Open(observer, "/bin/cat")).ToArray();
        Assert.Equal(ResultCode.EEQUOTA, Refused(observer, new OpenProgram("/bin/cat")).Code);
        observer.Watch(open[0]);
        Sys.Stop(open[0]);
        observer.ExpectTerminated(open[0]);
        AwaitAssert(() => Open(observer, "/bin/cat"));
    }

    [Fact]
    public void What_no_process_can_be_started_with_is_refused()
    {
        var observer = CreateTestProbe();
        OpenProgram[] all =
        [
            new("cat"), new("/bin/cat", "a\0b"), new("/bin/cat") { MaxChildren = 0 },
            new("/bin/cat") { RunLimit = TimeSpan.Zero }, new("/bin/cat") { RunLimit = TimeSpan.FromHours(2) },
            new("/bin/cat") { ListenerName = "a:b" },
            new("/bin/cat") { Environment = new Dictionary<string, string> { ["A=B"] = "" } },
        ];
        foreach (var open in all) Assert.Equal(ResultCode.EEBADDATA, Refused(observer, open).Code);
    }

    [Fact]
    public async Task A_listener_that_is_released_to_a_program_is_its_descriptor_3_and_no_longer_ours()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner);
        owner.Watch(listening.Handle.Socket);
        var file = Path.GetTempFileName();
        var script = $"echo \"$LISTEN_FDS $LISTEN_FDNAMES $(test $LISTEN_PID = $$ && echo me)\" >{file}; "
            + "readlink /proc/self/fd/3 | grep -q socket && exec sleep 1000";
        Release(owner, listening.Handle, Open(observer, Shell(script) with { ListenerName = "web" }));
        owner.ExpectMsg<Released>();
        owner.ExpectTerminated(listening.Handle.Socket);
        observer.ExpectMsg<ProgramStarted>();

        // It is open, in the program alone: the system goes on to take connections for it.
        using (await ConnectAsync(listening))
        {
            AwaitAssert(() => Assert.Equal("1 web me\n", File.ReadAllText(file)), Patience);
        }

        Sys.Stop(observer);
        await ConnectionIsRefusedAsync(listening);
        File.Delete(file);
    }

    private static OpenProgram Shell(string script, params string[] arguments) =>
        new("/bin/sh", ["-c", script, "sh", .. arguments]);

    private async Task ConnectionIsRefusedAsync(Listening listening)
    {
        await AwaitAssertAsync(
            async () =>
            {
                await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => ConnectAsync(listening));
            },
            Patience);
    }

    private Listening Unread(TestProbe owner, IActorRef acceptor)
    {
        var listen = new Listen(new IPEndPoint(IPAddress.Loopback, 0), owner, acceptor)
        {
            Mode = Transport.Ownership.OfferMode.AnyHolder, ReadsWhenAcquired = true,
        };
        Handoff.Sockets.Tell(listen, owner);
        return owner.ExpectMsg<Listening>();
    }

    private IActorRef Open(TestProbe observer, string program) => Open(observer, new OpenProgram(program));

    private IActorRef Open(TestProbe observer, OpenProgram open)
    {
        var asker = CreateTestProbe();
        Handoff.Processes.Tell(open with { Observer = observer }, asker);
        return asker.ExpectMsg<ProgramOpened>().Program;
    }

    private SocketResult Refused(TestProbe observer, OpenProgram open)
    {
        var asker = CreateTestProbe();
        Handoff.Processes.Tell(open with { Observer = observer }, asker);
        return asker.ExpectMsg<Refused>().Result;
    }
}
