using System.Buffers;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class DataTests(ITestOutputHelper output) : SocketTestKit(output)
{
    private const int Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_stream_that_is_released_at_random_points_arrives_whole_whoever_reads(int seed)
    {
        Output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var owners = new[] { CreateTestProbe(), CreateTestProbe() };
        var (acquired, peer) = await OwnAsync(owners[0]);
        using var _ = peer;
        var sent = new byte[Mebibyte];
        random.NextBytes(sent);
        var sending = peer.SendAsync(sent);
        using var received = new MemoryStream();
        var holder = 0;
        while (received.Length < sent.Length)
        {
            var left = sent.Length - (int)received.Length;
            var piece = await acquired.Lease.ReadAsync(Math.Min(random.Next(1, 40_000), left));
            var back = random.Next(0, Math.Min(piece.Length, 2000));
            received.Write(piece, 0, piece.Length - back);
            var pushBack = piece.AsMemory(piece.Length - back);
            var release = new Release(acquired.Handle, owners[1 - holder]) { PushBack = pushBack };
            acquired.Handle.Socket.Tell(release, owners[holder]);
            acquired = Answer(random.Next(4), acquired, release, owners[holder], owners[1 - holder], ref holder);
        }

        await sending;
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(received.ToArray()));
        Assert.True(acquired.Handle.Epoch > 5, $"only {acquired.Handle.Epoch} epochs");
    }

    [Fact]
    public async Task What_arrives_while_on_offer_belongs_to_whoever_ends_up_the_owner()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var pending = acquired.Lease!.Input.ReadAsync();
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        await peer.SendAsync("for the next");
        AwaitCondition(() => StatusOf(CreateTestProbe(), acquired.Handle.Socket).Facts.Unread == 12, Patience);
        Assert.False(pending.IsCompleted);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        var second = target.ExpectMsg<Acquired>();
        var ended = await Assert.ThrowsAsync<SocketFailedException>(async () => await pending);
        Assert.Equal(ResultCode.EESECURITY, ended.Code);
        Assert.Equal("for the next", await second.Lease.ReadTextAsync(12));
    }

    [Fact]
    public async Task Bytes_of_the_old_owner_go_out_before_those_of_the_new_one()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        await first.Lease.WriteAsync("old ");
        Release(owner, first.Handle, target);
        var second = Take(target);
        Assert.Equal(4, second.Written);
        await second.Lease.WriteAsync("new");
        await second.Lease!.Output.CompleteAsync();
        peer.FinishSending();
        Assert.Equal("old new"u8.ToArray(), await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task A_release_with_a_read_result_open_or_bytes_unflushed_is_refused_and_changes_nothing()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("x");
        var read = await acquired.Lease!.Input.ReadAsync();
        Release(owner, acquired.Handle, target);
        Assert.Equal(ResultCode.EEBUSY, owner.ExpectMsg<Refused>().Result.Code);
        acquired.Lease.Input.AdvanceTo(read.Buffer.End);
        acquired.Lease.Output.GetSpan(1)[0] = (byte)'y';
        acquired.Lease.Output.Advance(1);
        Release(owner, acquired.Handle, target);
        Assert.Equal(ResultCode.EEBUSY, owner.ExpectMsg<Refused>().Result.Code);
        target.ExpectNoMsg(TimeSpan.Zero);
        await acquired.Lease.Output.FlushAsync();
        Assert.Equal("y", await peer.ReceiveTextAsync(1));
        Release(owner, acquired.Handle, target);
        Take(target);
    }

    [Theory]
    [InlineData(65_537, ResultCode.EEMSGSIZE)]
    [InlineData(2, ResultCode.EEBADDATA)]
    public async Task A_push_back_of_more_than_the_bound_or_than_was_consumed_is_refused(int size, ResultCode code)
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("x");
        await acquired.Lease.ReadAsync(1);
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, target) { PushBack = new byte[size] }, owner);
        Assert.Equal(code, owner.ExpectMsg<Refused>().Result.Code);
        Assert.Equal("Held", StatusOf(owner, acquired.Handle.Socket).State);
    }

    [Fact]
    public async Task A_release_that_reverted_cannot_push_the_same_bytes_back_twice()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("abcd");
        var read = await acquired.Lease.ReadAsync(4);
        var release = new Release(acquired.Handle, target) { PushBack = read.AsMemory(2) };
        acquired.Handle.Socket.Tell(release, owner);
        Time.Advance(target.ExpectMsg<Offered>().Within);
        owner.ExpectMsg<ReleaseFailed>();
        acquired.Handle.Socket.Tell(release, owner);
        Assert.Equal(ResultCode.EEBADDATA, owner.ExpectMsg<Refused>().Result.Code);
        Assert.Equal("cd", await acquired.Lease.ReadTextAsync(2));
    }

    [Fact]
    public async Task Write_write_write_close_delivers_everything()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        foreach (var word in new[] { "one ", "two ", "three" }) await acquired.Lease.WriteAsync(word);
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        Assert.Equal("one two three"u8.ToArray(), await peer.ReceiveToEndAsync());
        peer.Dispose();
        Assert.Equal(ResultCode.EESUCCESS, owner.ExpectMsg<Closed>().Result.Code);
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    private Acquired Answer(
        int choice, Acquired mine, Release release, TestProbe owner, TestProbe target, ref int holder)
    {
        var offered = target.ExpectMsg<Offered>();
        switch (choice)
        {
            case 0:
                Time.Advance(offered.Within);
                target.ExpectMsg<Withdrawn>();
                Assert.Equal(OfferOutcome.TimedOut, owner.ExpectMsg<ReleaseFailed>().Outcome);
                return mine;
            case 1:
                mine.Handle.Socket.Tell(new Revoke(mine.Handle, release), owner);
                target.ExpectMsg<Withdrawn>();
                Assert.Equal(OfferOutcome.Revoked, owner.ExpectMsg<ReleaseFailed>().Outcome);
                return mine;
            default:
                offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
                owner.ExpectMsg<Released>();
                holder = 1 - holder;
                return target.ExpectMsg<Acquired>();
        }
    }
}
