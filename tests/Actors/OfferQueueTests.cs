using System.Threading.Channels;
using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Actors.Tests;

public sealed class OfferQueueTests
{
    private readonly OfferQueue _queue = new(most: 2);

    [Fact]
    public async Task Offers_are_taken_in_their_order_by_who_came_before_them_or_after()
    {
        var early = _queue.TakeAsync(CancellationToken.None).AsTask();
        var (first, second, third) = (Offer(1), Offer(2), Offer(3));
        Assert.True(_queue.TryAdd(first));
        Assert.Same(first, await early);
        Assert.True(_queue.TryAdd(second));
        Assert.True(_queue.TryAdd(third));
        Assert.Same(second, await _queue.TakeAsync(CancellationToken.None));
        Assert.Same(third, await _queue.TakeAsync(CancellationToken.None));
    }

    [Fact]
    public void No_more_wait_than_the_bound_and_one_that_is_over_takes_no_place()
    {
        var first = Offer(1);
        Assert.True(_queue.TryAdd(first));
        Assert.True(_queue.TryAdd(Offer(2)));
        Assert.False(_queue.TryAdd(Offer(3)));
        _queue.Remove(Offer(7).Offer);
        Assert.False(_queue.TryAdd(Offer(3)));
        _queue.Remove(Offer(1).Offer);
        Assert.True(_queue.TryAdd(Offer(3)));
    }

    [Fact]
    public async Task After_the_end_none_comes_and_those_that_wait_are_taken()
    {
        Assert.True(_queue.TryAdd(Offer(1)));
        _queue.Close();
        Assert.False(_queue.TryAdd(Offer(2)));
        await _queue.TakeAsync(CancellationToken.None);
        await Assert.ThrowsAsync<ChannelClosedException>(() => _queue.TakeAsync(CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task Who_waits_is_told_of_the_end_and_may_stop_waiting()
    {
        var waiting = _queue.TakeAsync(CancellationToken.None).AsTask();
        using var stop = new CancellationTokenSource();
        var cancelled = _queue.TakeAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        _queue.Close();
        await Assert.ThrowsAsync<ChannelClosedException>(() => waiting);
    }

    private static Offered Offer(long number) => new(
        new OfferHandle(ActorRefs.Nobody, id: 7, number, default!),
        From: null,
        new SocketFacts(7, SocketKind.Connection, "tcp", null, null, 0, 0),
        TimeSpan.FromSeconds(5),
        Attachment: null);
}
