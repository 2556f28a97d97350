using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

public sealed class TimerTests : ActorTest
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_never = TimeSpan.FromHours(1);

    private readonly IActorRef _actor;

    public TimerTests() => _actor = Sys.ActorOf(Props.Create(() => new Timed(Journal)), "t");

    private async Task With(Action<ITimerScheduler> body) => await _actor.Ask(new UseTimers(body), Patience);

    [Fact]
    public async Task A_single_timer_fires_once_and_is_then_no_longer_active()
    {
        await With(timers =>
        {
            timers.StartSingleTimer("key", "fired", s_soon);
            Assert.True(timers.IsTimerActive("key"));
        });
        await Journal.Expect("fired");
        await With(timers => Assert.False(timers.IsTimerActive("key")));
    }

    [Fact]
    public async Task A_periodic_timer_fires_until_it_is_cancelled()
    {
        await With(timers => timers.StartPeriodicTimer("key", "tick", s_soon));
        await Journal.Expect("tick", "tick", "tick");
        await With(timers =>
        {
            Assert.Equal(["key"], timers.ActiveTimers);
            timers.Cancel("key");
            Assert.Empty(timers.ActiveTimers);
        });
    }

    [Fact]
    public async Task The_first_delay_of_a_periodic_timer_may_differ()
    {
        await With(timers => timers.StartPeriodicTimer("key", "tick", s_soon, s_never));
        await Journal.Expect("tick");
        await With(timers => Assert.True(timers.IsTimerActive("key")));
    }

    [Fact]
    public async Task The_sender_of_a_timers_message_may_be_named()
    {
        var sender = Puppet("sender");
        await With(timers =>
        {
            timers.StartSingleTimer("single", "who?", s_soon, sender);
            timers.StartPeriodicTimer("periodic", "who?", s_soon, s_never, sender);
            timers.StartPeriodicTimer("other periodic", "who?", s_soon, sender);
        });
        await Journal.Expect(sender, sender, sender);
    }

    [Fact]
    public async Task Starting_a_timer_anew_replaces_it()
    {
        await With(timers =>
        {
            timers.StartSingleTimer("key", "old", s_soon);
            timers.StartSingleTimer("key", "new", s_soon);
        });
        await Journal.Expect("new");
        await Later();
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task A_timer_that_fired_is_not_delivered_after_it_was_cancelled()
    {
        await Fired("old", timers => timers.Cancel("key"));
        await Later();
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task A_timer_that_fired_is_not_delivered_after_it_was_started_anew()
    {
        await Fired("old", timers => timers.StartSingleTimer("key", "new", s_soon));
        await Journal.Expect("new");
        await Later();
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task A_timer_that_fired_is_not_delivered_after_a_restart()
    {
        await Fired("old", timers => _actor.Tell(new Fail(new InvalidOperationException("boom"))), beforeIt: true);
        await Later();
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task A_timer_that_fired_is_not_taken_for_one_that_the_restarted_actor_started()
    {
        var (queued, started, fired) =
            (new ManualResetEventSlim(), new ManualResetEventSlim(), new ManualResetEventSlim());
        var busy = With(timers =>
        {
            queued.Wait(Patience);
            timers.StartSingleTimer("key", "old", s_soon);
            started.Set();
            fired.Wait(Patience);
        });
        _actor.Tell(new Fail(new InvalidOperationException("boom")));
        var restarted = With(timers => timers.StartSingleTimer("key", "new", s_never));
        queued.Set();
        started.Wait(Patience);
        await Elapsed();
        fired.Set();
        await busy;
        await restarted;
        await With(timers => Assert.True(timers.IsTimerActive("key")));
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task A_restart_cancels_all_timers()
    {
        await With(timers => timers.StartPeriodicTimer("key", "tick", s_never));
        _actor.Tell(new Fail(new InvalidOperationException("boom")));
        await With(timers => Assert.Empty(timers.ActiveTimers));
    }

    [Fact]
    public async Task CancelAll_cancels_all()
    {
        await With(timers =>
        {
            timers.StartSingleTimer("one", "never", s_soon);
            timers.StartSingleTimer("two", "never", s_soon);
            timers.CancelAll();
            Assert.Empty(timers.ActiveTimers);
        });
        await Later();
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task A_timer_may_send_what_an_actor_handles_by_itself()
    {
        await With(timers => timers.StartSingleTimer("key", PoisonPill.Instance, s_soon));
        await Gone(_actor, Sys);
    }

    [Fact]
    public async Task A_timers_message_can_be_stashed()
    {
        await With(timers => timers.StartSingleTimer("key", "stash me", s_soon));
        await Journal.Expect("stashing", "stash me");
    }

    // Keeps the actor busy until the timer has surely put its message into the mailbox, and only then does the body.
    private async Task Fired(string message, Action<ITimerScheduler> body, bool beforeIt = false)
    {
        var fired = new ManualResetEventSlim();
        var done = With(timers =>
        {
            if (beforeIt)
                body(timers);
            timers.StartSingleTimer("key", message, s_soon);
            fired.Wait(Patience);
            if (!beforeIt)
                body(timers);
        });
        await Elapsed();
        fired.Set();
        await done;
    }

    private async Task Later()
    {
        await Elapsed();
        await With(_ => { });
    }

    // A timer of the same scheduler that is due later has fired.
    private async Task Elapsed()
    {
        var later = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Sys.Scheduler.Advanced.ScheduleOnce(3 * s_soon, () => later.TrySetResult());
        await later.Task.WaitAsync(Patience);
    }

    private sealed record UseTimers(Action<ITimerScheduler> Body);

    private sealed class Timed(Journal journal) : UntypedActor, IWithTimers, IWithStash
    {
        public ITimerScheduler Timers { get; set; } = null!;

        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case UseTimers use:
                    use.Body(Timers);
                    Sender.Tell("done");
                    break;
                case Fail fail:
                    throw fail.Cause;
                case "who?":
                    journal.Add(Sender);
                    break;
                case "stash me":
                    journal.Add("stashing");
                    Stash.Stash();
                    Become(journal.Add);
                    Stash.UnstashAll();
                    break;
                default:
                    journal.Add(message);
                    break;
            }
        }
    }
}
