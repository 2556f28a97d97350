using System.Net.Sockets;
using System.Security.Cryptography;
using Akka.Actor;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Crashes;

// An owner that its supervisor restarts a thousand times while a client streams, and the client that notices nothing.
[Collection(nameof(Alone))]
public sealed class CrashingOwnerTests(ITestOutputHelper output)
    : SocketTestKit(output, "handoff { owner.max-reattach = 1000, io.received-size = 16KiB }", virtualTime: false)
{
    private const int Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData(11)]
    public async Task With_commit_64_MiB_come_back_whole_through_a_thousand_crashes(int seed)
    {
        var (plan, sent, received) = await StreamAsync(
            seed, crashes: 1000, 64 * Mebibyte, plan => Props.Create(() => new LeaseOwner(plan, true)));
        Assert.Equal(Hash(sent), SHA256.HashData(received));
        Assert.All(plan.Epochs, epoch => Assert.Equal(epoch.Consumed, epoch.Written));
    }

    [Theory]
    [InlineData(12)]
    public async Task With_flush_and_advance_nothing_is_lost_and_each_epoch_goes_on_at_its_consumed_position(int seed)
    {
        var (plan, sent, received) = await StreamAsync(
            seed, crashes: 1000, 64 * Mebibyte, plan => Props.Create(() => new LeaseOwner(plan, false)));
        AtLeastOnce(plan, sent, received);
    }

    [Theory]
    [InlineData(13)]
    public async Task By_messages_nothing_is_lost_and_each_epoch_goes_on_at_its_consumed_position(int seed)
    {
        var (plan, sent, received) = await StreamAsync(
            seed, crashes: 200, 16 * Mebibyte, plan => Props.Create(() => new MessageOwner(plan)));
        AtLeastOnce(plan, sent, received);
    }

    // What at-least-once means, to the byte: what an epoch wrote is the answer to the input from its consumed position
    // on. So nothing is missing, order is kept, and what comes twice is what the epoch before had not consumed.
    private void AtLeastOnce(CrashPlan plan, byte[] sent, byte[] received)
    {
        var epochs = plan.Epochs;
        var answered = 0L;
        for (var i = 0; i < epochs.Count; i++)
        {
            var (consumed, written) = epochs[i];
            var until = i + 1 < epochs.Count ? epochs[i + 1].Written : received.Length;
            Assert.True(consumed <= answered, $"epoch {i + 1} begins at {consumed}, {answered} were answered");
            var count = (int)(until - written);
            var input = sent.AsSpan((int)consumed, count);
            var answer = received.AsSpan((int)written, count);
            for (var at = 0; at < count; at++)
            {
                if (answer[at] == LeaseOwner.Flip(input[at])) continue;
                Assert.Fail($"epoch {i + 1}: byte {written + at} is not the answer to byte {consumed + at}");
            }

            answered = Math.Max(answered, consumed + count);
        }

        Assert.Equal(sent.Length, answered);
        Output.WriteLine($"{received.Length - sent.Length} of {received.Length} bytes came twice");
        Assert.True(received.Length > sent.Length, "no crash ever hit between flush and advance");
    }

    private async Task<(CrashPlan Plan, byte[] Sent, byte[] Received)> StreamAsync(
        int seed, int crashes, int length, Func<CrashPlan, Props> owner)
    {
        Output.WriteLine($"seed {seed}");
        var plan = new CrashPlan(seed, crashes, length);
        var sent = new byte[length];
        new Random(seed).NextBytes(sent);
        var child = owner(plan);
        var acceptor = await Sys.ActorOf(Props.Create(() => new Supervisor(child))).Ask<IActorRef>("who?", Patience);
        var listening = Listen(CreateTestProbe(), acceptor);
        using var peer = await ConnectAsync(listening);
        using var bound = new CancellationTokenSource(Patience * 6);
        var receiving = ReceiveToEndAsync(peer.Socket, length, bound.Token);
        await SendAsync(peer.Socket, sent, bound.Token);
        var received = await receiving;
        await plan.Done.Task.WaitAsync(bound.Token);

        // The last loop may have come to the end before an earlier one's crash was processed.
        AwaitCondition(() => plan.Crashes == crashes, Patience);
        Output.WriteLine($"{plan.Crashes} crashes, {plan.Epochs.Count} epochs");
        return (plan, sent, received);
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken bound)
    {
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, bound)..];
        socket.Shutdown(SocketShutdown.Send);
    }

    private static async Task<byte[]> ReceiveToEndAsync(Socket socket, int expected, CancellationToken bound)
    {
        using var all = new MemoryStream(expected);
        var buffer = new byte[64 * 1024];
        int got;
        while ((got = await socket.ReceiveAsync(buffer, bound)) > 0) all.Write(buffer, 0, got);
        return all.ToArray();
    }

    private static byte[] Hash(byte[] sent) => SHA256.HashData(Array.ConvertAll(sent, LeaseOwner.Flip));
}
