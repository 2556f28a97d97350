using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

public sealed class MessageTests : ActorTest
{
    [Fact]
    public void Terminated_is_equal_by_its_parts()
    {
        var actor = Puppet();
        var terminated = new Terminated(actor, existenceConfirmed: true, addressTerminated: false);
        var same = new Terminated(actor, existenceConfirmed: true, addressTerminated: false);
        Assert.True(terminated.Equals(same));
        Assert.True(terminated.Equals((object)same));
        Assert.Equal(terminated.GetHashCode(), same.GetHashCode());
        Assert.False(terminated.Equals(new Terminated(actor, false, false)));
        Assert.Equal($"<Terminated>: {actor} - ExistenceConfirmed=True", terminated.ToString());
    }

    [Fact]
    public void Identify_and_its_answer_are_equal_by_their_parts()
    {
        var actor = Puppet();
        Assert.Equal(new Identify(7), new Identify(7));
        Assert.Equal(new Identify(7).GetHashCode(), new Identify(7).GetHashCode());
        Assert.NotEqual(new Identify(7), new Identify(8));
        Assert.Equal("<Identify>: 7", new Identify(7).ToString());
        Assert.Equal(new ActorIdentity(7, actor), new ActorIdentity(7, actor));
        Assert.Equal(new ActorIdentity(7, actor).GetHashCode(), new ActorIdentity(7, actor).GetHashCode());
        Assert.NotEqual(new ActorIdentity(7, actor), new ActorIdentity(7, null));
        Assert.Equal($"<ActorIdentity>: {actor} - MessageId=7", new ActorIdentity(7, actor).ToString());
    }

    [Fact]
    public void Messages_without_parts_have_one_instance()
    {
        Assert.Equal("<PoisonPill>", PoisonPill.Instance.ToString());
        Assert.Equal("<Kill>", Kill.Instance.ToString());
        Assert.Same(ReceiveTimeout.Instance, ReceiveTimeout.Instance);
    }

    [Fact]
    public void A_status_is_a_success_or_a_failure()
    {
        Assert.Equal("Success: 7", new Status.Success(7).ToString());
        Assert.Equal("Success", Status.Success.Instance.ToString());
        Assert.Equal(7, new Status.Success(7).Status);
        var boom = new InvalidOperationException("boom");
        Assert.Same(boom, new Status.Failure(boom).Cause);
        Assert.Equal(7, new Status.Failure(boom, 7).State);
        Assert.Equal($"Failure: {boom}", new Status.Failure(boom).ToString());
        Assert.Equal($"Failure[7]: {boom}", new Status.Failure(boom, 7).ToString());
    }

    [Fact]
    public async Task PoisonPill_stops_an_actor_after_what_came_before()
    {
        var actor = Diary("a");
        actor.Tell("before");
        actor.Tell(PoisonPill.Instance);
        actor.Tell("after");
        await Journal.Expect("a created", "a PreStart", "before", "a PostStop");
        await Gone(actor, Sys);
        Journal.ExpectNothing();
    }

    [Fact]
    public void Wrapped_messages_are_unwrapped()
    {
        Assert.Equal("inside", WrappedMessage.Unwrap(new Wrapper(new Wrapper("inside"))));
        Assert.Equal("bare", WrappedMessage.Unwrap("bare"));
    }

    [Fact]
    public void Exceptions_say_what_and_why()
    {
        var (actor, cause) = (Puppet("a"), new InvalidOperationException("cause"));
        Assert.Equal("text", new ActorKilledException("text").Message);
        Assert.Equal("text", new IllegalActorStateException("text").Message);
        Assert.Equal("text", new IllegalActorNameException("text").Message);
        Assert.Equal("text", new AskTimeoutException("text").Message);
        Assert.Equal("text", new InvalidMessageException("text").Message);
        Assert.Equal("Message is null", new InvalidMessageException().Message);
        Assert.Equal("text", new InvalidActorNameException("text").Message);
        Assert.Same(cause, new InvalidActorNameException("text", cause).InnerException);
        Assert.Same(cause, new ActorNotFoundException("text", cause).InnerException);
        Assert.Same(cause, new StashOverflowException("text", cause).InnerException);
        Assert.Same(cause, new ActorInitializationException("text", cause).InnerException);
        Assert.Same(actor, new ActorInitializationException(actor, "text", cause).Actor);
        Assert.Null(new ActorInitializationException().Actor);
        Assert.Null(new ActorInitializationException("text").Actor);
        Assert.Equal($"Monitored actor [{actor}] terminated", new DeathPactException(actor).Message);
        Assert.Same(cause, new Own("text", cause).TheCause);
        Assert.NotEmpty(new Own().Message);
    }

    [Fact]
    public void Restart_exceptions_hold_both_causes()
    {
        var (actor, cause) = (Puppet("a"), new InvalidOperationException("cause"));
        var other = new ArgumentException("other");
        var before = new PreRestartException(actor, other, cause, "message");
        Assert.Same(other, before.RestartException);
        Assert.Same(cause, before.InnerException);
        Assert.Equal("message", before.OptionalMessage);
        var after = new PostRestartException(actor, other, cause);
        Assert.Same(cause, after.OriginalCause);
        Assert.Same(other, after.InnerException);
    }

    private sealed record Wrapper(object Message) : IWrappedMessage;

    private sealed class Own : AkkaException
    {
        public Own()
        {
        }

        public Own(string message, Exception cause)
            : base(message, cause)
        {
        }

        public Exception TheCause => Cause;
    }
}
