using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Tests.Handles.Keeping;
using Handoff.Transport.Tests.Handles.Passing;

namespace Handoff.Transport.Tests.Engine.Linux;

/// <summary>A connection of which a keeper has a copy is ended for its peer by what its owner does.</summary>
public sealed class SharedEndingTests
{
    [Fact]
    public async Task A_finish_sends_what_was_written_and_then_the_end_although_another_has_a_copy()
    {
        using var shared = await Shared.TcpAsync();
        Assert.Equal(1, shared.Owner.Send([7]));
        Assert.False(SharedEnding.IsOver(shared.Copy));
        Assert.Equal(ResultCode.EESUCCESS, SharedEnding.Finish(shared.Copy));
        Assert.Equal(1, await shared.ReceiveAsync());
        Assert.Equal(0, await shared.ReceiveAsync());
    }

    [Fact]
    public async Task A_close_alone_tells_the_peer_nothing_and_a_finish_after_it_does()
    {
        using var shared = await Shared.TcpAsync();
        shared.Owner.Dispose();
        var end = shared.ReceiveAsync();
        shared.Peer.Send([1]);
        Assert.False(end.IsCompleted);
        Assert.Equal(ResultCode.EESUCCESS, SharedEnding.Finish(shared.Copy));
        Assert.Equal(0, await end);
    }

    [Fact]
    public async Task An_abort_resets_the_peer_although_another_has_a_copy()
    {
        using var shared = await Shared.TcpAsync();
        Assert.Equal(ResultCode.EESUCCESS, SharedEnding.Abort(shared.Copy));
        var reset = await Assert.ThrowsAsync<SocketException>(shared.ReceiveAsync);
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        Assert.True(SharedEnding.IsOver(shared.Copy));
    }

    [Fact]
    public async Task A_Unix_connection_has_no_reset_and_its_abort_is_an_end()
    {
        using var shared = await Shared.UnixAsync();
        Assert.Equal(1, shared.Owner.Send([7]));
        Assert.Equal(ResultCode.EESUCCESS, SharedEnding.Abort(shared.Copy));
        Assert.Equal(1, await shared.ReceiveAsync());
        Assert.Equal(0, await shared.ReceiveAsync());
    }

    [Fact]
    public async Task A_listener_that_its_owner_closes_listens_no_more_although_another_has_a_copy()
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var listener = (LinuxListenSocket)engine.Listen(Loopback.AnyPort, 1).Socket!;
        using var copy = listener.Share().Socket!;
        listener.Dispose();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var refused = await Assert.ThrowsAsync<SocketException>(
            () => client.ConnectAsync(listener.LocalEndPoint).WaitAsync(Loopback.Bound));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task A_connection_is_over_once_both_sides_have_ended_and_not_before()
    {
        using var shared = await Shared.TcpAsync();
        shared.Owner.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await shared.ReceiveAsync());
        Assert.False(SharedEnding.IsOver(shared.Copy));
        shared.Peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await shared.Owner.ReceiveAsync(new byte[1]).WaitAsync(Loopback.Bound));
        Assert.True(SharedEnding.IsOver(shared.Copy));
        Assert.Equal(ResultCode.EENOTCONN, SharedEnding.Finish(shared.Copy));
    }

    [Fact]
    public void What_is_no_socket_cannot_be_ended()
    {
        using var counter = OpenDescriptors.Event(1);
        Assert.Equal(ResultCode.EEBADF, SharedEnding.Finish(counter));
        Assert.Equal(ResultCode.EEBADF, SharedEnding.Abort(counter));
    }

    private sealed record Shared(Socket Owner, Socket Peer, SocketDescriptor Copy) : IDisposable
    {
        public static Task<Shared> TcpAsync() => MakeAsync(AddressFamily.InterNetwork, Loopback.AnyPort);

        public static async Task<Shared> UnixAsync()
        {
            var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            var shared = await MakeAsync(AddressFamily.Unix, new UnixDomainSocketEndPoint(path));
            File.Delete(path);
            return shared;
        }

        public Task<int> ReceiveAsync() => Peer.ReceiveAsync(new byte[16]).WaitAsync(Loopback.Bound);

        public void Dispose()
        {
            Owner.Dispose();
            Peer.Dispose();
            Copy.Dispose();
        }

        private static async Task<Shared> MakeAsync(AddressFamily family, EndPoint endPoint)
        {
            using var listener = new Socket(family, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(endPoint);
            listener.Listen(1);
            var peer = new Socket(family, SocketType.Stream, ProtocolType.Unspecified);
            await peer.ConnectAsync(listener.LocalEndPoint!);
            var owner = await listener.AcceptAsync();
            return new Shared(owner, peer, Copies.Of((int)owner.Handle));
        }
    }
}
