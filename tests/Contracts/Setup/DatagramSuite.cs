using System.Net;
using System.Text;
using Handoff.Transport;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>Datagram sockets on a transport, and their end.</summary>
public abstract class DatagramSuite(DatagramKind kind, ITestOutputHelper output) : IAsyncLifetime
{
    private readonly List<MessageSocket> _sockets = [];

    private protected DatagramKind Kind => kind;

    private protected MessageOptions Options => kind.Options;

    public Task InitializeAsync()
    {
        if (kind.Missing is { } why) output.WriteLine(why);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var socket in _sockets) await socket.DisposeAsync().AsTask().Soon();
    }

    private protected Random Seeded()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    /// <summary>A socket that is started, and leased to its first owner.</summary>
    private protected (MessageSocket Socket, MessageLease Lease) Open(
        EndPoint? local = null, EndPoint? remote = null, MessageOptions? options = null)
    {
        var (socket, result) = kind.Create(options ?? Options).Open(local ?? kind.AnyPlace, remote);
        Assert.True(result.IsSuccess, result.ToString());
        return (socket!, Owned(socket!));
    }

    /// <summary>Started, and leased to its first owner.</summary>
    private protected MessageLease Owned(MessageSocket socket)
    {
        _sockets.Add(socket);
        socket.Start();
        return socket.Lease(1);
    }

    /// <summary>A place where a socket was, and nobody is.</summary>
    private protected async Task<EndPoint> Abandoned()
    {
        var (socket, _) = Open();
        var place = socket.LocalEndPoint!;
        socket.Close();
        await socket.Completion.Soon();
        return place;
    }

    /// <summary>Sends, and waits where the receiver has no room.</summary>
    private protected static async Task Send(MessageLease lease, byte[] message, EndPoint? to)
    {
        var result = SocketResult.Success;
        await Patience.Until(async () =>
        {
            result = await lease.SendAsync(message, to).Soon();
            return result.Code is not ResultCode.EEWOULDBLOCK;
        });
        Assert.True(result.IsSuccess, result.ToString());
    }

    private protected static Task Send(MessageLease lease, string message, EndPoint? to) =>
        Send(lease, Encoding.ASCII.GetBytes(message), to);

    /// <summary>The next message, consumed.</summary>
    private protected static async Task<string> Take(MessageLease lease)
    {
        var message = await lease.ReadAsync().Soon();
        Assert.Equal((MessageKind.Data, ResultCode.EESUCCESS), (message.Kind, message.Code));
        var text = Encoding.ASCII.GetString(message.Bytes.Span);
        Assert.Equal(ResultCode.EESUCCESS, lease.Consume());
        return text;
    }

    private protected static async Task<ResultCode> EndOf(Task<MessageResult> read)
    {
        var message = await read.Soon();
        Assert.Equal(MessageKind.End, message.Kind);
        return message.Code;
    }
}
