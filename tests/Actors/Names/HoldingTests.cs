using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Names;

// What happens while the file of a name is not held yet, where the test says when it is.
public sealed class HoldingTests : NameTestKit
{
    private readonly SlowHost _host = new();

    public HoldingTests(ITestOutputHelper output)
        : base(output) => Handoff.Rules.Names.Host = _host;

    [Fact]
    public async Task Until_its_file_is_held_the_name_is_taken_and_the_socket_is_its_owners()
    {
        var (giver, other) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        var (second, near) = await OwnAsync(other);
        using var _ = peer;
        using var __ = near;
        var give = Begin(giver, first.Handle);
        var again = Begin(giver, first.Handle, "y");
        Refuses(giver, again, ResultCode.EEBUSY);
        var same = new Give(second.Handle, "X");
        second.Handle.Socket.Tell(same, other);
        Refuses(other, same, ResultCode.EENAMEINUSE);
        Assert.Empty(Names());
        await first.Lease.WriteAsync("mine");
        Assert.Equal("mine", await peer.ReceiveTextAsync(4));
        _host.Answer(SocketResult.Success);
        Assert.Same(give, giver.ExpectMsg<Given>().Give);
        Assert.False(_host.IsFreed);
        Got(CreateTestProbe(), "x");
        Assert.True(_host.IsFreed);
    }

    [Fact]
    public async Task A_file_that_is_not_to_be_had_leaves_the_socket_as_it_was_and_the_name_free()
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var give = Begin(giver, first.Handle);
        _host.Answer(SocketResult.Of(ResultCode.EENAMEINUSE));
        Refuses(giver, give, ResultCode.EENAMEINUSE);
        await peer.SendAsync("mine");
        Assert.Equal("mine", await first.Lease.ReadTextAsync(4));
        Give(giver, first.Handle, "x");
    }

    [Fact]
    public async Task A_host_that_throws_is_a_give_that_is_refused()
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var give = Begin(giver, first.Handle);
        _host.Fail();
        Refuses(giver, give, ResultCode.EEABORTED);
        Give(giver, first.Handle, "x");
    }

    [Fact]
    public async Task A_socket_that_is_on_offer_by_then_is_not_given_and_its_file_is_freed()
    {
        var (giver, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var give = Begin(giver, first.Handle);
        Release(giver, first.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        _host.Answer(SocketResult.Success);
        Refuses(giver, give, ResultCode.EESOCKRLSD);
        AwaitCondition(() => _host.IsFreed, Patience);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        target.ExpectMsg<Acquired>();
    }

    [Fact]
    public async Task A_socket_that_ends_meanwhile_tells_who_gave_it_and_frees_the_file_that_comes_yet()
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var give = Begin(giver, first.Handle);
        giver.Watch(first.Handle.Socket);
        first.Handle.Socket.Tell(new Abort(first.Handle), giver);
        var refused = (Refused)giver.FishForMessage(message => message is Refused);
        Assert.Same(give, refused.Command);
        _host.Answer(SocketResult.Success);
        await _host.Freed;
        Assert.Empty(Names());
    }

    [Fact]
    public async Task Where_there_are_no_names_of_a_host_a_give_and_a_get_say_so()
    {
        Handoff.Rules.Names.Host = null;
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        Refuses(giver, Begin(giver, first.Handle), ResultCode.EEMODENOTSUPP);
        var get = new Get("x", giver) { Scope = NameScope.Host };
        Handoff.Sockets.Tell(get, giver);
        Refuses(giver, get, ResultCode.EEMODENOTSUPP);
        Handoff.Sockets.Tell(GetNames.OfHost, giver);
        Refuses(giver, GetNames.OfHost, ResultCode.EEMODENOTSUPP);
    }

    private static Give Begin(Akka.TestKit.TestProbe owner, SocketHandle handle, string name = "x")
    {
        var give = new Give(handle, name) { Scope = NameScope.Host };
        handle.Socket.Tell(give, owner);
        return give;
    }

    private sealed class SlowHost : IHostNames, IDisposable
    {
        private readonly TaskCompletionSource<(IDisposable? File, SocketResult Result)> _answer = new();
        private readonly TaskCompletionSource _freed = new();

        public Task Freed => _freed.Task.WaitAsync(Patience);

        public bool IsFreed => _freed.Task.IsCompleted;

        public void Answer(SocketResult result) => _answer.SetResult((result.IsSuccess ? this : null, result));

        public void Fail() => _answer.SetException(new IOException("no disk today"));

        public void Dispose() => _freed.SetResult();

        public Task<(IDisposable? File, SocketResult Result)> HoldAsync(
            Give give, string name, CancellationToken cancellationToken) => _answer.Task;

        public Task<(IElsewhere? Found, SocketResult Result)> FindAsync(
            string name, TimeSpan? within, CancellationToken cancellationToken) =>
            throw new NotSupportedException("nobody looks elsewhere here");

        public Task<(IReadOnlyList<GivenElsewhere> Names, SocketResult Result)> ListAsync() =>
            throw new NotSupportedException("nobody lists here");
    }
}
