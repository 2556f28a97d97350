using Akka.Actor;
using Akka.Event;

namespace Handoff.Compat.Tests.Actors;

public sealed class AskTests() : ActorTest("akka.actor.ask-timeout = 50ms")
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(50);

    private IActorRef Echo() => Sys.ActorOf(Props.Create(() => new Echoes()));

    private IActorRef Mute() => Puppet();

    [Fact]
    public async Task The_answer_completes_the_task()
    {
        var echo = Echo();
        Assert.Equal("hi", await echo.Ask("hi", Patience));
        Assert.Equal("hi", await echo.Ask<string>("hi", Patience));
        Assert.Equal("hi", await echo.Ask("hi", CancellationToken.None));
        Assert.Equal("hi", await echo.Ask<string>("hi", CancellationToken.None));
        Assert.Equal("hi", await echo.Ask("hi", Patience, CancellationToken.None));
        Assert.Equal("hi", await echo.Ask<string>("hi", Patience, CancellationToken.None));
    }

    [Fact]
    public async Task The_message_may_be_made_with_the_reference_that_is_to_be_answered()
    {
        var answer = await Echo().Ask<object>(asker => new ReplyTo(asker), Patience, CancellationToken.None);
        Assert.Equal("replied", answer);
    }

    [Fact]
    public async Task No_answer_within_the_time_is_a_time_out()
    {
        await Assert.ThrowsAsync<AskTimeoutException>(() => Mute().Ask("hi", s_soon));
        await Assert.ThrowsAsync<AskTimeoutException>(() => Mute().Ask<string>("hi", s_soon));
    }

    [Fact]
    public async Task The_time_comes_from_the_configuration_where_none_is_given() =>
        await Assert.ThrowsAsync<AskTimeoutException>(() => Mute().Ask("hi"));

    [Fact]
    public async Task Asking_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var answer = Mute().Ask("hi", Patience, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Asking_with_a_token_that_is_cancelled_already_is_cancelled()
    {
        var answer = Mute().Ask("hi", Patience, new CancellationToken(canceled: true));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_failure_as_the_answer_fails_the_task()
    {
        var echo = Echo();
        var failure = new Status.Failure(new InvalidOperationException("boom"));
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => echo.Ask<string>(failure, Patience));
        Assert.Equal("boom", thrown.Message);
        Assert.Same(failure, await echo.Ask<object>(failure, Patience));
    }

    [Fact]
    public async Task An_answer_of_another_type_fails_the_task() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Echo().Ask<int>("text", Patience));

    [Fact]
    public async Task A_late_answer_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(Mute(), typeof(DeadLetter));
        var late = Sys.ActorOf(Props.Create(() => new AnswersTwice()));
        Assert.Equal("first", await late.Ask("hi", Patience));
        Assert.Equal("second", (await Journal.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task The_asker_can_be_found_by_its_path_while_it_waits()
    {
        var answer = await Echo().Ask<object>(
            asker => new Resolve(asker.Path.ToString()), Patience, CancellationToken.None);
        Assert.Equal("resolved", answer);
    }

    [Fact]
    public async Task Two_askers_are_not_the_same()
    {
        var echo = Echo();
        var one = await echo.Ask<object>(asker => new Boxed(asker), Patience, CancellationToken.None);
        var other = await echo.Ask<object>(asker => new Boxed(asker), Patience, CancellationToken.None);
        Assert.NotEqual(((Boxed)one).Asker, ((Boxed)other).Asker);
    }

    [Fact]
    public async Task A_selection_can_be_asked()
    {
        var echo = Echo();
        Assert.Equal("hi", await Sys.ActorSelection(echo.Path).Ask<string>("hi", Patience));
    }

    [Fact]
    public async Task What_belongs_to_no_system_cannot_be_asked() =>
        await Assert.ThrowsAsync<ArgumentException>(() => OnOwnThread(() => new Teller().Ask("hi", Patience)));

    private sealed record ReplyTo(IActorRef Asker);

    private sealed record Resolve(string Path);

    private sealed record Boxed(IActorRef Asker);

    private sealed class Teller : ICanTell
    {
        public void Tell(object message, IActorRef sender)
        {
        }
    }

    private sealed class Echoes : ReceiveActor
    {
        public Echoes()
        {
            Receive<ReplyTo>(reply => reply.Asker.Tell("replied"));
            Receive<Resolve>(resolve =>
                ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(resolve.Path).Tell("resolved"));
            ReceiveAny(message => Sender.Tell(message));
        }
    }

    private sealed class AnswersTwice : ReceiveActor
    {
        public AnswersTwice() => ReceiveAny(_ =>
        {
            Sender.Tell("first");
            Sender.Tell("second");
        });
    }
}
