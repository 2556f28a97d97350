using System.Net.Security;
using System.Security.Cryptography;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tls;

// One session, one peer that talks all the time in both directions, and a hundred owners.
public sealed class ManyOwnersTests(ITestOutputHelper output) : TlsTestKit(output, virtualTime: false)
{
    private const int Changes = 100;
    private const int Echoers = 5;
    private const int Piece = 8 * 1024;

    [Theory]
    [InlineData(21)]
    public async Task A_session_survives_a_hundred_owner_changes_under_traffic(int seed)
    {
        Output.WriteLine($"seed {seed}");
        var moves = new Moves();
        var ring = Enumerable.Range(0, Echoers)
            .Select(i => Sys.ActorOf(Props.Create(() => new Echoer(seed + i, Changes, moves)))).ToArray();
        foreach (var echoer in ring) echoer.Tell(ring);
        var listening = Listen(CreateTestProbe(), ring[0]);
        using var peer = await ConnectAsync(listening);
        await using var stream = await ShakeHandsAsync(peer);

        // Until all changes were made it goes on.
        var sum = new Sum();
        var sending = Task.Run(() => SendAsync(stream, new Random(seed), moves.Done.Task, sum));
        var receiving = Task.Run(() => HashAsync(stream, sum));
        await moves.Done.Task.WaitAsync(3 * Patience);
        var (sent, total) = await sending.WaitAsync(Patience);
        Assert.Equal(sent, await receiving.WaitAsync(Patience));
        await stream.ShutdownAsync();
        Assert.Equal(0, await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
        Output.WriteLine($"{total} bytes each way, {moves.Made} changes");
        Assert.InRange(moves.Made, Changes, Changes + Echoers);
        Assert.True(total > Changes);
    }

    // The sum is known before the last byte is sent, so that whoever reads that knows it.
    private static async Task<(byte[] Hash, long Total)> SendAsync(
        SslStream stream, Random random, Task enough, Sum sum)
    {
        using var sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = new byte[Piece];
        var total = 0L;
        while (true)
        {
            var isLast = enough.IsCompleted;
            var piece = bytes.AsMemory(0, random.Next(1, Piece));
            random.NextBytes(piece.Span);
            sent.AppendData(piece.Span);
            total += piece.Length;
            if (isLast) sum.Total = total;
            await stream.WriteAsync(piece);
            if (isLast) return (sent.GetHashAndReset(), total);
        }
    }

    private static async Task<byte[]> HashAsync(SslStream stream, Sum sum)
    {
        using var received = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = new byte[Piece];
        for (var total = 0L; total < sum.Total;)
        {
            var count = await stream.ReadAsync(bytes);
            Assert.True(count > 0, $"it ended after {total} bytes");
            received.AppendData(bytes.AsSpan(0, count));
            total += count;
        }

        return received.GetHashAndReset();
    }

    private sealed class Sum
    {
        private long _total = long.MaxValue;

        public long Total
        {
            get => Volatile.Read(ref _total);
            set => Volatile.Write(ref _total, value);
        }
    }

    private sealed class Moves
    {
        private int _made;

        public int Made => Volatile.Read(ref _made);

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Make(int most)
        {
            if (Interlocked.Increment(ref _made) == most) Done.SetResult();
        }
    }

    // Sends back what it reads, and gives the connection away after a few pieces, with one of them unconsumed. The
    // first one is the server of the handshake.
    private sealed class Echoer : ReceiveActor
    {
        private readonly Random _random;
        private readonly int _most;
        private readonly Moves _moves;
        private IActorRef[] _ring = [];
        private Received? _open;
        private int _left;

        public Echoer(int seed, int most, Moves moves)
        {
            (_random, _most, _moves) = (new Random(seed), most, moves);
            Receive<IActorRef[]>(ring => _ring = ring);
            Receive<Offered>(offered => offered.Offer.Socket.Tell(
                new Acquire(offered.Offer, Self)
                {
                    // What comes before the handshake is none of its bytes.
                    Reading = offered.Facts.Tls is null ? Reading.Passive : Reading.Once,
                }));
            Receive<Acquired>(OnAcquired);
            Receive<TlsStarted>(started => Next(started.Command.Handle));
            Receive<Received>(OnReceived);
            Receive<Written>(written =>
            {
                Sender.Tell(new Consumed(written.Write.Handle, _open!.End));
                Next(written.Write.Handle);
            });
            Receive<PeerFinished>(finished => finished.Handle.Socket.Tell(new Close(finished.Handle)));
            Receive<Released>(_ => _moves.Make(_most));
            Receive<ReleaseFailed>(failed => throw new InvalidOperationException(failed.Result.Reason));
        }

        private void OnAcquired(Acquired acquired)
        {
            _left = _random.Next(1, 6);
            if (acquired.Facts.Tls is null) Sender.Tell(new StartTls(acquired.Handle, AsServer));
        }

        private void OnReceived(Received received)
        {
            if (--_left > 0 || _moves.Made >= _most)
            {
                _open = received;
                Sender.Tell(new Write(received.Handle, received.Bytes));
                return;
            }

            var next = _ring[_random.Next(_ring.Length)];
            Sender.Tell(new Release(received.Handle, next));
        }

        private void Next(SocketHandle handle) => Sender.Tell(new ReadBy(handle, Reading.Once));
    }
}
