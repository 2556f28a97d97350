using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// What a socket tells of its past and present to anybody who asks.
public sealed class CustodyHistoryTests(ITestOutputHelper output) : SocketTestKit(output, "handoff.owner.history = 4")
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Every_change_of_custody_is_recorded_with_its_time_and_the_offer_that_made_it()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var born = Time.Now;
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var socket = acquired.Handle.Socket;
        Assert.Equal([Line(born, CustodyChange.Opened, owner, 1)], StatusOf(owner, socket).History);

        Time.Advance(Second);
        Release(owner, acquired.Handle, target);
        Time.Advance(target.ExpectMsg<Offered>().Within);
        owner.ExpectMsg<ReleaseFailed>();
        target.ExpectMsg<Withdrawn>();
        var failed = Time.Now;
        Time.Advance(Second);
        Release(owner, acquired.Handle, target);
        var handle = Take(target).Handle;
        var moved = Time.Now;
        Time.Advance(Second);
        Reattach(target, handle);
        var status = StatusOf(CreateTestProbe(), socket);
        Assert.Equal(
            [
                Line(born, CustodyChange.Opened, owner, 1),
                Line(failed, CustodyChange.OfferFailed, owner, 1, 2, target, OfferOutcome.TimedOut),
                Line(moved, CustodyChange.Acquired, target, 2, 3, target, OfferOutcome.Acquired),
                Line(Time.Now, CustodyChange.Reattached, target, 3),
            ],
            status.History);
        Assert.Equal(Time.Now, status.Since);
    }

    [Fact]
    public async Task No_more_records_are_kept_than_the_bound_and_the_oldest_go_first()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var handle = acquired.Handle;
        for (var i = 0; i < 10; i++) handle = Reattach(owner, handle).Handle;
        var history = StatusOf(owner, handle.Socket).History;
        Assert.Equal([8L, 9L, 10L, 11L], history.Select(record => record.Epoch));
        Assert.All(history, record => Assert.Equal(CustodyChange.Reattached, record.Change));
    }

    [Fact]
    public async Task An_owner_that_stopped_and_the_end_are_recorded_too()
    {
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var socket = acquired.Handle.Socket;
        owner.Send(socket, new SetHeir(acquired.Handle, heir));
        owner.ExpectMsg<Confirmed>();
        Sys.Stop(owner);
        var second = Take(heir).Handle;
        heir.Send(socket, new Close(second));
        var asker = CreateTestProbe();
        Assert.Equal(
            [CustodyChange.Opened, CustodyChange.OwnerStopped, CustodyChange.Acquired, CustodyChange.Closed],
            StatusOf(asker, socket).History.Select(record => record.Change));
    }

    [Fact]
    public async Task The_owner_is_visible_while_an_offer_is_pending_and_so_is_what_is_left_of_its_time()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("unread");
        AwaitCondition(() => StatusOf(owner, acquired.Handle.Socket).Facts.Unread == 6, Patience);
        Assert.Null(StatusOf(owner, acquired.Handle.Socket).Left);
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        Time.Advance(Second);
        var status = StatusOf(CreateTestProbe(), acquired.Handle.Socket);
        Assert.Equal(("Offered", owner.Ref, 1L), (status.State, status.Owner, status.Epoch));
        Assert.Equal((offered.Offer.Number, offered.Within - Second), (status.Offer, status.Left));
        Assert.Equal([target.Ref], status.Targets);
        Assert.Equal((6L, 0L, 6L, 0L),
            (status.BytesReceived, status.BytesSent, status.Facts.Unread, status.Facts.Unsent));
    }

    [Fact]
    public async Task Nothing_that_is_told_to_everybody_holds_an_authority()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Reattach(owner, acquired.Handle);
        Type[] authorities = [typeof(SocketHandle), typeof(OfferHandle), typeof(Secret)];
        foreach (var type in new[] { typeof(SocketStatus), typeof(CustodyRecord), typeof(SocketFacts) })
        {
            Assert.DoesNotContain(type.GetProperties(), property => authorities.Contains(property.PropertyType));
        }

        Assert.DoesNotContain("secret", StatusOf(owner, acquired.Handle.Socket).ToString(), StringComparison.Ordinal);
    }

    private static CustodyRecord Line(
        DateTimeOffset at,
        CustodyChange change,
        TestProbe owner,
        long epoch,
        long? offer = null,
        TestProbe? target = null,
        OfferOutcome outcome = OfferOutcome.None) => new(at, change, owner.Ref, epoch, offer, target?.Ref, outcome);
}
