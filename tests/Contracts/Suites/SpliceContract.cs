using System.Net.Sockets;
using System.Security.Cryptography;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>A client, two connections that are spliced, and a server; the two need not be of one transport.</summary>
public abstract class SpliceContract(TransportKind near, TransportKind far, ITestOutputHelper output)
    : Suite(near, output), ISpliceListener
{
    private const int Megabyte = 1024 * 1024;
    private const int Total = 64 * Megabyte;
    private const int Stalls = 4;

    private readonly TaskCompletionSource<SpliceOutcome> _ended = new();
    private Pair _nearPair = null!;
    private Pair _farPair = null!;

    private protected SpliceContract(TransportKind kind, ITestOutputHelper output)
        : this(kind, kind, output)
    {
    }

    [Fact]
    public async Task Many_bytes_both_ways_under_stalls_arrive_as_they_were_sent()
    {
        await Splice();
        var random = Seeded();
        var (there, back) = (random.Next(), random.Next());
        var writing = new[] { Send(_nearPair.Near, there), Send(_farPair.Near, back) };
        var reading = new[] { Receive(_farPair, far.Options), Receive(_nearPair, Kind.Options) };
        await Task.WhenAll(writing).WaitAsync(TimeSpan.FromMinutes(3));
        var received = await Task.WhenAll(reading).WaitAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(await writing[0], received[0]);
        Assert.Equal(await writing[1], received[1]);
        var ended = await _ended.Task.Soon();
        Assert.Equal(new SpliceOutcome(SpliceEnd.Finished, SocketResult.Success, Total, Total), ended);
        Assert.Equal(ResultCode.EESUCCESS, (await _nearPair.Server.Completion.Soon()).Code);
        Assert.Equal(ResultCode.EESUCCESS, (await _farPair.Server.Completion.Soon()).Code);
    }

    [Fact]
    public async Task A_loop_of_two_splices_can_be_ended()
    {
        const int Circling = 100_000;
        await Splice();
        await _nearPair.Near.Output.WriteAsync(Pattern(Circling)).Soon();
        var (link, result) = SpliceLink.Join(
            _nearPair.Client, _farPair.Client, new SpliceTerms(true, long.MaxValue, long.MaxValue), new Deaf());
        Assert.True(result.IsSuccess, result.ToString());
        link!.Start();
        await Patience.Until(() => link.Moved > 8 * Megabyte);
        link.End(SpliceEnd.Unspliced, SocketResult.Success);
        var moved = link.Moved;
        await _farPair.Near.Input.Take(Circling);
        Assert.Equal(moved, link.Moved);
    }

    [Fact]
    public async Task The_byte_after_the_limit_is_the_owners()
    {
        await Splice(there: 2 * Megabyte);
        var bytes = Bytes(Seeded(), (2 * Megabyte) + 100);
        var write = _nearPair.Near.Output.WriteAsync(bytes).AsTask();
        Assert.Equal(bytes[..(2 * Megabyte)], await _farPair.Near.Input.Take(2 * Megabyte));
        Assert.Equal(SpliceEnd.Limit, (await _ended.Task.Soon()).Why);
        Assert.Equal(bytes[(2 * Megabyte)..], await _nearPair.Far.Input.Take(100));
        await write.Soon();
    }

    [Theory]
    [InlineData(SocketShutdown.Receive)]
    [InlineData(SocketShutdown.Send)]
    [InlineData(SocketShutdown.Both)]
    public async Task No_side_is_shut_down_meanwhile(SocketShutdown how)
    {
        await Splice();
        Assert.Equal(ResultCode.EEBUSY, _nearPair.Far.Shutdown(how).Code);
        await _nearPair.Near.Output.WriteAsync("on it goes"u8.ToArray()).Soon();
        Assert.Equal("on it goes"u8.ToArray(), await _farPair.Near.Input.Take(10));
    }

    [Fact]
    public async Task A_reset_ends_it_and_leaves_the_other_connection_whole()
    {
        await Splice();
        await _nearPair.Near.Output.WriteAsync("last"u8.ToArray()).Soon();
        Assert.Equal("last"u8.ToArray(), await _farPair.Near.Input.Take(4));

        // Where the system tells no abort, a close with unread bytes is a reset.
        var flooding = Kind.TellsAbort ? null : await Stall(_nearPair.Server, _farPair.Near);
        _nearPair.Client.Abort(SocketResult.Of(ResultCode.EEABORTED));
        var ended = await _ended.Task.Soon();
        Assert.Equal((SpliceEnd.Failed, ResultCode.EERESET), (ended.Why, ended.Result.Code));
        await _farPair.Far.Output.WriteAsync("word"u8.ToArray()).Soon();
        Assert.Equal("word"u8.ToArray(), await _farPair.Near.Input.Take(4));
        Assert.NotEqual(true, flooding?.IsCompleted);
    }

    void ISpliceListener.OnEnded(SpliceOutcome outcome) => _ended.SetResult(outcome);

    private async Task Splice(long there = long.MaxValue)
    {
        (_nearPair, _farPair) = (await PairOf(Kind), await PairOf(far));
        var (link, result) = SpliceLink.Join(
            _nearPair.Server, _farPair.Server, new SpliceTerms(true, there, long.MaxValue), this);
        Assert.True(result.IsSuccess, result.ToString());
        link!.Start();
    }

    private async Task<Pair> PairOf(TransportKind kind)
    {
        using var listener = kind.Create(kind.Options).Listen(kind.AnyPlace, 1).Listener!;
        var connected = await kind.Create(kind.Options)
            .ConnectAsync(listener.LocalEndPoint, TimeSpan.FromSeconds(30), CancellationToken.None).Soon();
        var client = Owned(connected.Connection);
        var server = Owned((await listener.AcceptAsync().Soon()).Connection);
        client.Start();
        server.Start();
        return new Pair(client, server, client.Lease(1), server.Lease(1));
    }

    private static Task<string> Send(SocketLease lease, int seed) => Task.Run(async () =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var random = new Random(seed);
        for (var i = 0; i < Total / Megabyte; i++)
        {
            var bytes = Bytes(random, Megabyte);
            hash.AppendData(bytes);
            await lease.Output.WriteAsync(bytes);
        }

        await lease.Output.CompleteAsync();
        return Convert.ToHexString(hash.GetHashAndReset());
    });

    // A few times it does not read before what is to be sent to it has no more room: in our buffers, or in any, where
    // the system's are so large that all the rest fits.
    private static Task<string> Receive(Pair pair, ConnectionOptions options) => Task.Run(async () =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (received, stalls) = (0L, 0);
        while (true)
        {
            if (received >= (long)stalls * Total / Stalls && stalls < Stalls)
            {
                stalls++;
                await Patience.Until(() => pair.Server.Status is var (_, sent, _, unsent, _, _)
                    && (unsent >= options.SendBuffer / 2 || sent + unsent == Total));
            }

            var result = await pair.Near.Input.ReadAsync();
            foreach (var memory in result.Buffer) hash.AppendData(memory.Span);
            received += result.Buffer.Length;
            pair.Near.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted) return Convert.ToHexString(hash.GetHashAndReset());
        }
    });

    private sealed class Deaf : ISpliceListener
    {
        public void OnEnded(SpliceOutcome outcome)
        {
        }
    }
}
