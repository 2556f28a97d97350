using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

internal sealed class Unbounded : ReceiveActor, IWithUnboundedStash
{
    public Unbounded() => Receive<string>(_ => Sender.Tell(Stash.Capacity));

    public IStash Stash { get; set; } = null!;
}

#pragma warning disable CS0618 // Akka would have one say IWithStash
internal sealed class Bounded : ReceiveActor, IWithBoundedStash
#pragma warning restore CS0618
{
    public Bounded() => Receive<string>(_ => Sender.Tell(Stash.Capacity));

    public IStash Stash { get; set; } = null!;
}

// Puts off numbers until it is opened, and does the tricks that it is asked for.
internal sealed class Stashing(Journal journal) : UntypedActor, IWithStash
{
    private bool _open;

    public IStash Stash { get; set; } = null!;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Fail fail:
                throw fail.Cause;
            case IActorRef subject:
                Sender.Tell(Context.Watch(subject));
                break;
            case "count":
                Sender.Tell(Stash.Count);
                break;
            case "open":
                _open = true;
                Stash.UnstashAll();
                break;
            case "open then 3":
                _open = true;
                Self.Tell(3);
                Stash.UnstashAll();
                break;
            case "make stashes":
                MakeStashes();
                Sender.Tell("made");
                break;
            default:
                Trick(message);
                break;
        }
    }

    private void Trick(object message)
    {
        switch (message)
        {
            case "take one":
                Become(one =>
                {
                    journal.Add(one);
                    Become(OnReceive);
                });
                Stash.Unstash();
                if (Stash.IsEmpty)
                    Become(OnReceive);
                break;
            case "twice":
                Stash.Stash();
                Report(Stash.Stash);
                break;
            case "full?":
                journal.Add((Stash.Capacity, Stash.IsFull));
                break;
            case "odd ones":
                _open = true;
                Stash.UnstashAll(envelope => (int)envelope.Message % 2 == 1);
                break;
            case "clear and prepend after 3":
                Stash.Stash();
                var all = Stash.ClearStash().ToList();
                journal.Add(Stash.IsEmpty ? "empty" : "not empty");
                Stash.Prepend([new Envelope(3, Self)]);
                Stash.Prepend(all.Where(envelope => envelope.Message is int));
                journal.Add(Stash.NonEmpty ? "not empty" : "empty");
                break;
            default:
                Later(message);
                break;
        }
    }

    private void Later(object message)
    {
        if (!_open)
        {
            Report(Stash.Stash);
            if (message is Terminated)
                journal.Add("its end is put off");
        }
        else if (message is "who")
            Sender.Tell("you");
        else
            journal.Add(message);
    }

    private void Report(Action action)
    {
        try
        {
            action();
        }
        catch (AkkaException refused)
        {
            journal.Add(refused.GetType());
        }
    }

    private void MakeStashes()
    {
        IActorContext context = Context;
        var (stashing, other) = (typeof(Unbounded), typeof(Puppet));
        Assert.Equal(0, context.CreateStash(this).Count);
        Assert.Equal(0, context.CreateStash(stashing).Count);
        Assert.Equal(0, context.CreateStash<Stashing>().Count);
        Assert.Throws<ArgumentException>(() => context.CreateStash(other));
    }
}
