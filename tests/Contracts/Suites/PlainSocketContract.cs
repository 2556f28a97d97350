using System.Net.Sockets;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>The peer is a socket of the system's, so that no mistake is made alike on both ends.</summary>
public abstract class PlainSocketContract(TransportKind.OfSystem kind, ITestOutputHelper output) : Suite(kind, output)
{
    [Fact]
    public async Task A_half_closing_client_gets_its_whole_reply()
    {
        using var peer = await Accepted();
        var reply = Bytes(Seeded(), 2_000_000);
        await peer.Socket.SendAsync("GET"u8.ToArray());
        peer.Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal("GET"u8.ToArray(), await peer.Lease.Input.TakeAll());
        var writing = Task.Run(async () =>
        {
            await peer.Lease.Output.WriteAsync(reply);
            await peer.Lease.Output.CompleteAsync();
        });
        Assert.Equal((reply.Length, false), await ReceiveAll(peer.Socket, reply));
        await writing.Soon();
        Assert.Equal(SocketResult.Success, await peer.Connection.Completion.Soon());
    }

    [Fact]
    public async Task Close_with_unread_bytes_is_no_reset()
    {
        using var peer = await Accepted();
        await peer.Socket.SendAsync(Pattern(100_000));
        await Patience.Until(() => peer.Connection.Status.Unread == 100_000);
        await peer.Lease.Output.WriteAsync("reply"u8.ToArray()).Soon();
        peer.Connection.Close();
        await peer.Socket.SendAsync(Pattern(100_000));
        Assert.Equal((5, false), await ReceiveAll(peer.Socket, "reply"u8.ToArray()));
        peer.Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(SocketResult.Success, await peer.Connection.Completion.Soon());
    }

    [Fact]
    public async Task Abort_is_a_reset_and_not_a_fin_where_the_system_has_one()
    {
        using var peer = await Accepted();
        peer.Connection.Abort(SocketResult.Of(ResultCode.EEABORTED));
        Assert.Equal((0, kind.TellsAbort), await ReceiveAll(peer.Socket, []));
    }

    [Fact]
    public async Task A_reset_is_told_as_one_and_a_fin_as_one()
    {
        using (var peer = await Accepted())
        {
            // Closing with bytes unread is one in every family.
            await peer.Lease.Output.WriteAsync("unread"u8.ToArray()).Soon();
            await Patience.Until(() => peer.Socket.Available > 0);
            peer.Socket.Close(0);
            Assert.Equal(ResultCode.EERESET, (await peer.Lease.Input.TakeAllUntilFailure()).Code);
            Assert.Equal(ResultCode.EERESET, (await peer.Connection.Completion.Soon()).Code);
        }

        using (var peer = await Accepted())
        {
            peer.Socket.Close();
            Assert.Equal(ResultCode.None, (await peer.Lease.Input.TakeAllUntilFailure()).Code);
        }
    }

    [Fact]
    public async Task A_peer_that_was_closed_resets_what_is_sent_to_it()
    {
        using var peer = await Accepted();
        peer.Socket.Close();
        Assert.Empty(await peer.Lease.Input.TakeAll());
        Assert.Equal(ResultCode.EERESET, await WriteUntilItFails(peer.Lease));
        Assert.Equal(ResultCode.EERESET, (await peer.Connection.Completion.Soon()).Code);
    }

    private static async Task<(int Received, bool IsReset)> ReceiveAll(Socket socket, byte[] expected)
    {
        var buffer = new byte[64 * 1024];
        var received = 0;
        try
        {
            while (true)
            {
                var count = await socket.ReceiveAsync(buffer).Soon();
                if (count == 0) return (received, false);
                Assert.True(expected.AsSpan(received, count).SequenceEqual(buffer.AsSpan(0, count)));
                received += count;
            }
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.ConnectionReset)
        {
            return (received, true);
        }
    }

    private async Task<Peer> Accepted()
    {
        var listener = Listen();
        var socket = kind.Plain();
        await socket.ConnectAsync(listener.LocalEndPoint);
        var connection = Owned((await listener.AcceptAsync().Soon()).Connection);
        connection.Start();
        return new Peer(socket, connection, connection.Lease(1));
    }

    private sealed record Peer(Socket Socket, SocketConnection Connection, SocketLease Lease) : IDisposable
    {
        public void Dispose() => Socket.Dispose();
    }
}
