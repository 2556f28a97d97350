using Akka.Actor;
using Akka.Dispatch;

namespace Handoff.Compat.Tests.Actors;

public sealed class AsyncTests : ActorTest
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IActorRef Async() => Sys.ActorOf(Props.Create(() => new AsyncActor(Journal, _gate.Task)), "a");

    [Fact]
    public async Task After_an_await_the_actor_is_still_itself_and_its_sender_too()
    {
        var actor = Async();
        var answer = actor.Ask<IActorRef>("who are you", Patience);
        _gate.SetResult();
        Assert.Equal(actor, await answer);
    }

    [Fact]
    public async Task The_next_message_waits_until_the_handler_is_done()
    {
        var actor = Async();
        actor.Tell("wait");
        actor.Tell(7);
        await Journal.Expect("before");
        Journal.ExpectNothing();
        _gate.SetResult();
        await Journal.Expect("after", 7);
    }

    [Fact]
    public async Task A_failure_after_an_await_is_a_failure_of_the_actor()
    {
        var actor = Async();
        actor.Tell("fail");
        actor.Tell(7);
        _gate.SetResult();
        await Journal.Expect("restarting: boom, fail", 7);
    }

    [Fact]
    public async Task A_failure_before_the_first_await_is_one_too()
    {
        var actor = Async();
        actor.Tell("fail at once");
        actor.Tell(7);
        await Journal.Expect("restarting: boom, fail at once", 7);
    }

    [Fact]
    public async Task A_cancelled_task_is_a_failure()
    {
        var actor = Async();
        actor.Tell("cancel");
        actor.Tell(7);
        Assert.StartsWith("restarting:", (string)await Journal.Next());
        await Journal.Expect(7);
    }

    [Fact]
    public async Task Resume_after_a_failed_task_goes_on_with_the_next_message()
    {
        var parent = Sys.ActorOf(
            Puppets().WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Resume)));
        var gate = _gate.Task;
        var child = await Inside(
            parent, context => context.ActorOf(Props.Create(() => new AsyncActor(Journal, gate))));
        child.Tell("fail");
        child.Tell(7);
        _gate.SetResult();
        await Journal.Expect(7);
        child.Tell("wait");
        child.Tell(8);
        await Journal.Expect("before", "after", 8);
    }

    [Fact]
    public async Task The_context_works_after_an_await()
    {
        var actor = Async();
        _gate.SetResult();
        var child = await actor.Ask<IActorRef>("make a child", Patience);
        Assert.Equal("akka://test/user/a/child", child.Path.ToString());
    }

    [Fact]
    public async Task An_actor_can_be_stopped_while_its_handler_waits()
    {
        var actor = Async();
        actor.Tell("wait");
        await Journal.Expect("before");
        Sys.Stop(actor);
        await Gone(actor, Sys);
        _gate.SetResult();
        await Settled(Puppet());
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task Handlers_by_type_by_predicate_and_for_all_can_be_async()
    {
        _gate.SetResult();
        var actor = Async();
        foreach (var message in new object[] { 1.5f, 1.5d, 2.5d, 1L, 2L, 'x' })
            actor.Tell(message);
        await Journal.Expect(
            "by type 1.5", "by type when 1.5", "when by type 2.5", "when 1", "predicate first 2", "any x");
    }

    [Fact]
    public async Task RunTask_needs_an_actor() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => OnOwnThread(() => ActorTaskScheduler.RunTask(() => Task.CompletedTask)));

    [Fact]
    public async Task RunTask_runs_an_action_as_the_actor()
    {
        var actor = Puppet();
        await Inside(actor, context => ActorTaskScheduler.RunTask(() => Journal.Add(context.Self)));
        await Journal.Expect(actor);
    }

    [Fact]
    public async Task Tasks_on_the_scheduler_of_an_actor_run_one_at_a_time()
    {
        const int parts = 50;
        var actor = Sys.ActorOf(Props.Create(() => new CountsParts(Journal)));
        actor.Tell(parts);
        await Journal.Expect(parts);
    }

    private sealed class AsyncActor : ReceiveActor
    {
        private readonly Journal _journal;
        private readonly Task _gate;

        public AsyncActor(Journal journal, Task gate)
        {
            _journal = journal;
            _gate = gate;
            ReceiveAsync<string>(Handle);
            Receive<int>(number => journal.Add(number));
            ReceiveAsync(typeof(float), async one => await Write("by type", one));
            ReceiveAsync(typeof(double), async one => await Write("by type when", one), one => (double)one < 2);
            ReceiveAsync(typeof(double), one => (double)one > 2, async one => await Write("when by type", one));
            ReceiveAsync<long>(one => Write("when", one), one => one == 1);
            ReceiveAsync<long>(one => one == 2, one => Write("predicate first", one));
            ReceiveAnyAsync(one => Write("any", one));
        }

        protected override void PreRestart(Exception reason, object message) =>
            _journal.Add($"restarting: {reason.Message}, {message}");

        private async Task Write(string what, object message)
        {
            await _gate;
            _journal.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{what} {message}"));
        }

        private async Task Handle(string message)
        {
            switch (message)
            {
                case "fail at once":
                    throw new InvalidOperationException("boom");
                case "cancel":
                    await Task.FromCanceled(new CancellationToken(canceled: true));
                    break;
                case "wait":
                    _journal.Add("before");
                    break;
            }

            await _gate;
            switch (message)
            {
                case "who are you":
                    Sender.Tell(Self);
                    break;
                case "make a child":
                    Sender.Tell(Context.ActorOf(Props.Empty, "child"));
                    break;
                case "fail":
                    throw new InvalidOperationException("boom");
                case "wait":
                    _journal.Add("after");
                    break;
            }
        }
    }

    private sealed class CountsParts : ReceiveActor
    {
        private int _done;

        public CountsParts(Journal journal) => ReceiveAsync<int>(async parts =>
        {
            // Without turns some of the increments would be lost.
            await Task.WhenAll(Enumerable.Range(0, parts).Select(async _ =>
            {
                await Task.Yield();
                var before = _done;
                Thread.Yield();
                _done = before + 1;
            }));
            journal.Add(_done);
        });
    }
}
