using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Xunit.Abstractions;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Actors.Tests;

public sealed class ChronicleTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(100)]
    public void The_last_changes_are_kept_up_to_the_bound_in_order(int bound)
    {
        const int Changes = 40;
        var chronicle = default(Chronicle);
        var clock = new OfferDeadline(TestActor, Sys.Scheduler, timers: null!);
        State held = new State.Held(TestActor, Heir: null, Epoch: 1, Offers: 0);
        chronicle.Note(before: null, held, [], clock, bound);
        for (var epoch = 2; epoch <= Changes; epoch++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            State next = new State.Held(TestActor, Heir: null, epoch, Offers: 0);
            chronicle.Note(held, next, [], clock, bound);
            held = next;
        }

        var records = chronicle.Records(held, bound);
        var kept = Math.Min(bound, Changes);
        Assert.Equal(Enumerable.Range(Changes - kept + 1, kept).Select(epoch => (long)epoch),
            records.Select(record => record.Epoch));
        Assert.Equal(Time.Now, records[^1].At);
        Assert.Equal(records.Select(record => record.At).Order(), records.Select(record => record.At));
        Assert.Equal(Time.Now.UtcTicks, chronicle.Since);
        Assert.Equal(CustodyChange.Reattached, records[^1].Change);
    }
}
