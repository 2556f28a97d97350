using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// Connections that have something a program would not: they stay with their owner, who is told what.
public sealed class ProgramUnfitTests(ITestOutputHelper output)
    : SocketTestKit(output, "handoff.io.send-buffer = 16MiB", virtualTime: false)
{
    // More than the system holds.
    private const int Much = 12 << 20;

    [Fact]
    public async Task What_is_not_sent_yet_keeps_a_connection_from_a_program_and_is_sent()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await acquired.Lease!.Output.WriteAsync(new byte[Much]).AsTask().WaitAsync(Patience);
        Assert.Contains("bytes are not sent yet", Refused(owner, acquired), StringComparison.Ordinal);
        Assert.Equal(Much, (await peer.ReceiveAsync(Much)).Length);
    }

    [Fact]
    public async Task A_side_that_is_shut_down_keeps_a_connection_from_a_program()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await acquired.Lease!.Output.CompleteAsync();
        Assert.Empty(await peer.ReceiveToEndAsync());
        Assert.Contains("a side of it is shut down", Refused(owner, acquired), StringComparison.Ordinal);
        await peer.SendAsync("on");
        Assert.Equal("on", await acquired.Lease.ReadTextAsync(2));
    }

    private string Refused(TestProbe owner, Acquired acquired)
    {
        var observer = CreateTestProbe();
        Handoff.Processes.Tell(new OpenProgram("/bin/cat") { Observer = observer }, observer);
        Release(owner, acquired.Handle, observer.ExpectMsg<ProgramOpened>().Program);
        var failed = owner.ExpectMsg<ReleaseFailed>();
        Assert.Contains($"{ResultCode.EEMODENOTSUPP}", failed.Result.Reason, StringComparison.Ordinal);
        observer.ExpectMsg<ProgramFailed>();
        return failed.Result.Reason;
    }
}
