using System.Buffers;
using System.IO.Pipelines;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>Connected pairs on a transport, and their end.</summary>
public abstract class Suite(TransportKind kind, ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly byte[] Flood = new byte[32 * 1024 * 1024];
    private readonly List<IDisposable> _listeners = [];
    private readonly List<SocketConnection> _connections = [];

    private protected TransportKind Kind => kind;

    private protected ConnectionOptions Options => kind.Options;

    /// <summary>What the peer of an abort reads in the end.</summary>
    private protected ResultCode Aborted => kind.TellsAbort ? ResultCode.EERESET : ResultCode.None;

    public Task InitializeAsync()
    {
        if (kind.Missing is { } why) output.WriteLine(why);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var listener in _listeners) listener.Dispose();
        foreach (var connection in _connections) await connection.DisposeAsync().AsTask().Soon();
    }

    private protected Random Seeded()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    private protected SocketListener Listen(ConnectionOptions? options = null, int backlog = 16)
    {
        var (listener, result) = kind.Create(options ?? Options).Listen(kind.AnyPlace, backlog);
        Assert.True(result.IsSuccess, result.ToString());
        _listeners.Add(listener!);
        return listener!;
    }

    private protected SocketConnection Owned(SocketConnection? connection)
    {
        Assert.NotNull(connection);
        _connections.Add(connection);
        return connection;
    }

    private protected async Task<SocketConnection> ConnectTo(
        SocketListener listener, ConnectionOptions? options = null)
    {
        var connected = await kind.Create(options ?? Options)
            .ConnectAsync(listener.LocalEndPoint, TimeSpan.FromSeconds(30), CancellationToken.None).Soon();
        Assert.True(connected.Result.IsSuccess, connected.Result.ToString());
        return Owned(connected.Connection);
    }

    /// <summary>A connected pair, both started and leased to their first owner.</summary>
    private protected async Task<Pair> Connected(ConnectionOptions? client = null, ConnectionOptions? server = null)
    {
        var listener = Listen(server);
        var near = await ConnectTo(listener, client);
        var accepted = await listener.AcceptAsync().Soon();
        var far = Owned(accepted.Connection);
        near.Start();
        far.Start();
        return new Pair(near, far, near.Lease(1), far.Lease(1));
    }

    /// <summary>The peer of an abort is told; or, where the system tells no abort, reads an end.</summary>
    private protected async Task HearsOfAbort(SocketConnection peer, SocketLease lease)
    {
        Assert.Equal(Aborted, (await lease.Input.TakeAllUntilFailure()).Code);
        if (!kind.TellsAbort) Assert.Equal(ResultCode.EERESET, await WriteUntilItFails(lease));
        Assert.Equal(ResultCode.EERESET, (await peer.Completion.Soon()).Code);
    }

    /// <summary>
    /// The client resets the server: by an abort, or, where the system tells no abort, by closing with bytes that it
    /// has not read.
    /// </summary>
    private protected async Task Reset(Pair pair, SocketResult why)
    {
        if (kind.TellsAbort)
        {
            pair.Client.Abort(why);
            return;
        }

        var write = await Stall(pair.Server, pair.Far);
        pair.Client.Abort(why);
        Assert.Equal(ResultCode.EERESET, await Reading.CodeOf(() => write));
    }

    /// <summary>A write of more than the system holds, to a peer that does not read: it stays pending.</summary>
    private protected static async Task<Task<FlushResult>> Stall(SocketConnection connection, SocketLease lease)
    {
        var write = lease.Output.WriteAsync(Flood).AsTask();
        var sent = -1L;
        while (connection.Status.BytesSent != sent || connection.Status.Unsent == 0)
        {
            sent = connection.Status.BytesSent;
            Assert.True(await write.IsStuck(), "the system took all of it");
        }

        return write;
    }

    /// <summary>Writes, a byte at a time, until the connection is known to be gone.</summary>
    private protected static async Task<ResultCode> WriteUntilItFails(SocketLease lease)
    {
        var code = ResultCode.None;
        await Patience.Until(async () =>
        {
            try
            {
                await lease.Output.WriteAsync("x"u8.ToArray()).Soon();
            }
            catch (SocketFailedException failure)
            {
                code = failure.Code;
            }

            return code is not ResultCode.None;
        });
        return code;
    }

    private protected static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private protected static byte[] Pattern(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 31))];

    private protected static ReadOnlySequence<byte> None => ReadOnlySequence<byte>.Empty;
}
