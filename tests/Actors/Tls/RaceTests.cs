using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tls;

// What is asked for at the moment when TLS is: each is carried out or refused, and whoever asked hears of it once.
public sealed class RaceTests(ITestOutputHelper output)
    : TlsTestKit(output, "handoff.close.linger = 10ms", virtualTime: false)
{
    [Fact]
    public async Task Of_a_release_and_TLS_at_the_same_time_one_is_carried_out_and_the_connection_goes_on()
    {
        var releases = 0;
        for (var i = 0; i < 60; i++)
        {
            var (owner, starter, target) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
            var (acquired, peer) = await OwnAsync(owner);
            using var _ = peer;
            Parallel.Invoke(
                () => acquired.Handle.Socket.Tell(new StartTls(acquired.Handle, AsServer), starter),
                () => Release(owner, acquired.Handle, target));
            AwaitCondition(() => owner.HasMessages || target.HasMessages, Patience);
            if (owner.HasMessages)
            {
                Assert.Equal(ResultCode.EEBUSY, owner.ExpectMsg<Refused>().Result.Code);
                await TalkAsync(starter, peer);
                continue;
            }

            releases++;
            var second = Take(target);
            Assert.Equal(ResultCode.EESOCKRLSD, starter.ExpectMsg<Refused>().Result.Code);
            Start(target, second.Handle);
            await TalkAsync(target, peer);
        }

        Output.WriteLine($"{releases} releases came first");
    }

    [Theory]
    [InlineData("Close")]
    [InlineData("Abort")]
    [InlineData("death")]
    [InlineData("the peer's reset")]
    [InlineData("the peer's end")]
    public async Task Whatever_ends_it_at_any_moment_of_a_handshake_whoever_asked_is_answered_once(string how)
    {
        var random = new Random(5);
        var answers = new Dictionary<string, int>();
        for (var i = 0; i < 40; i++)
        {
            var (owner, starter) = (CreateTestProbe(), CreateTestProbe());
            var (acquired, peer) = await OwnAsync(owner);
            using var _ = peer;
            starter.Watch(acquired.Handle.Socket);
            await using var stream = Over(peer);
            var shaking = Task.Run(() => stream.AuthenticateAsClientAsync(AsClient));
            acquired.Handle.Socket.Tell(new StartTls(acquired.Handle, AsServer), starter);
            Thread.SpinWait(random.Next(300_000));
            End(how, owner, acquired.Handle, peer);
            var answer = starter.FishForMessage<object>(
                message => message is TlsStarted or TlsFailed or Refused, Patience);
            answers[answer.GetType().Name] = answers.GetValueOrDefault(answer.GetType().Name) + 1;
            await Record.ExceptionAsync(() => shaking.WaitAsync(Patience));
            peer.Dispose();
            acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
            starter.ExpectTerminated(acquired.Handle.Socket, Patience);
        }

        Output.WriteLine(string.Join(", ", answers));
        AwaitCondition(() => Handoff.Owners.Count == 0, Patience);
    }

    private void End(string how, TestProbe owner, SocketHandle handle, TestPeer peer)
    {
        switch (how)
        {
            case "Close": handle.Socket.Tell(new Close(handle), owner); break;
            case "Abort": handle.Socket.Tell(new Abort(handle), owner); break;
            case "death": Sys.Stop(owner); break;
            case "the peer's reset": peer.Reset(); break;
            default: peer.FinishSending(); break;
        }
    }

    private static async Task TalkAsync(TestProbe starter, TestPeer peer)
    {
        await using var stream = await ShakeHandsAsync(peer);
        await starter.ExpectMsg<TlsStarted>().Lease.WriteAsync("hello");
        Assert.Equal("hello", await ReceiveTextAsync(stream, 5));
    }
}
