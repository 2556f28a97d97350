using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

public sealed class ReceiveTimeoutTests : ActorTest
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task An_actor_that_gets_nothing_for_a_while_is_told()
    {
        var actor = Puppet();
        await Inside(actor, context => context.SetReceiveTimeout(s_soon));
        Assert.Same(ReceiveTimeout.Instance, await Journal.Next());
    }

    [Fact]
    public async Task It_is_told_again_as_long_as_it_gets_nothing()
    {
        var actor = Puppet();
        await Inside(actor, context => context.SetReceiveTimeout(s_soon));
        await Journal.Expect(ReceiveTimeout.Instance, ReceiveTimeout.Instance);
        Assert.Equal(s_soon, await Inside(actor, context => context.ReceiveTimeout));
    }

    [Fact]
    public async Task Without_a_timeout_it_is_told_no_more()
    {
        var actor = Puppet();
        await Inside(actor, context => context.SetReceiveTimeout(s_soon));
        await Journal.Next<ReceiveTimeout>();
        await Inside(actor, context => context.SetReceiveTimeout(null));
        Assert.Null(await Inside(actor, context => context.ReceiveTimeout));
    }

    [Fact]
    public async Task A_message_that_is_not_to_count_does_not_put_it_off()
    {
        var actor = Puppet();
        await Inside(actor, context => context.SetReceiveTimeout(TimeSpan.FromMilliseconds(200)));
        using var stop = new CancellationTokenSource();
        var chatter = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await actor.Ask(new Identify(null), Patience);
        });
        await Journal.Next<ReceiveTimeout>();
        await stop.CancelAsync();
        await chatter;
    }

    [Fact]
    public async Task The_actor_itself_may_set_it()
    {
        Sys.ActorOf(Props.Create(() => new SetsTimeout(Journal)));
        await Journal.Next<ReceiveTimeout>();
    }

    private sealed class SetsTimeout : ReceiveActor
    {
        public SetsTimeout(Journal journal)
        {
            SetReceiveTimeout(s_soon);
            Receive<ReceiveTimeout>(journal.Add);
        }
    }
}
