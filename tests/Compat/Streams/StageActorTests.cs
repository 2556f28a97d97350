using Akka.Actor;
using Akka.Streams.Stage;

namespace Handoff.Compat.Tests.Streams;

public sealed class StageActorTests : StreamTest
{
    [Fact]
    public async Task What_is_told_to_the_actor_of_a_stage_reaches_it_with_its_sender()
    {
        var told = new TaskCompletionSource<IActorRef>();
        var (_, sink) = Probe(new OpenFlow<string, string>(logic => logic.WhenStarted = () =>
            told.SetResult(logic.ActorOf(args =>
            {
                args.Item1.Tell("heard");
                logic.EmitOut((string)args.Item2);
            }).Ref)));
        var stage = await told.Task.WaitAsync(Patience);

        Assert.Equal("heard", await stage.Ask<string>("hello", Patience));
        Assert.Equal("hello", await sink.PullNext());
    }

    [Fact]
    public async Task The_actor_of_a_stage_watches_and_changes_its_behaviour()
    {
        var subject = Puppet();
        var (_, sink) = Probe(new OpenFlow<string, string>(logic => logic.WhenStarted = () =>
        {
            var actor = logic.ActorOf(_ => { });
            Assert.Same(actor.Ref, logic.StageActor.Ref);
            actor.Become(args => logic.EmitOut(args.Item2 is Terminated ended ? ended.ActorRef.Path.Name : "?"));
            actor.Watch(subject);
        }));
        Sys.Stop(subject);

        Assert.Equal(subject.Path.Name, await sink.PullNext());
    }

    [Fact]
    public async Task A_watch_that_was_ended_is_silent_and_a_poison_pill_does_not_end_the_actor_of_a_stage()
    {
        var subject = Puppet();
        var (_, sink) = Probe(new OpenFlow<string, string>(logic => logic.WhenStarted = () =>
        {
            var actor = logic.ActorOf(args => logic.EmitOut(args.Item2.ToString()!));
            actor.Watch(subject);
            actor.Unwatch(subject);
            actor.Ref.Tell(PoisonPill.Instance);
            Sys.Stop(subject);
            logic.Once("later", TimeSpan.FromMilliseconds(50));
            logic.WhenFired = _ => actor.Ref.Tell("still here");
        }));

        Assert.Equal("still here", await sink.PullNext());
    }

    [Fact]
    public async Task The_actor_of_a_stage_ends_with_it()
    {
        var made = new TaskCompletionSource<IActorRef>();
        var (_, sink) = Probe(new OpenFlow<int, int>(logic =>
            logic.WhenStarted = () => made.SetResult(logic.ActorOf(_ => { }).Ref)));
        var gone = Gone(await made.Task.WaitAsync(Patience), Sys);
        sink.Cancel();

        await gone;
    }

    [Fact]
    public async Task Without_one_the_actor_of_a_stage_is_an_error()
    {
        var (_, sink) = Probe(new OpenFlow<int, int>(logic => logic.WhenStarted = () => _ = logic.StageActor));

        Assert.IsType<StageActorRefNotInitializedException>((await sink.Signals.Expect<Signal.Failed>()).Cause);
    }
}
