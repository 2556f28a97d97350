using Akka.Actor;
using Akka.Event;

namespace Handoff.Compat.Tests.Event;

public sealed class DeadLetterTests() : SystemTest("""
    akka { loglevel = INFO, log-dead-letters = 2, log-dead-letters-suspend-duration = infinite }
    """)
{
    [Fact]
    public async Task What_nobody_receives_is_logged_up_to_a_number()
    {
        await ListenerStarted();
        var log = NewRecorder();
        var letters = NewRecorder();
        System.EventStream.Subscribe<DeadLetter>(letters.Ref);
        System.EventStream.Subscribe<Info>(log.Ref);
        var gone = NewRecorder();
        Assert.True(await gone.Ref.GracefulStop(Recorder.Patience));

        gone.Ref.Tell("one", letters.Ref);
        gone.Ref.Tell("two", ActorRefs.NoSender);
        gone.Ref.Tell("three", ActorRefs.NoSender);

        var first = await log.Next<Info>();
        Assert.Contains("Message [String]", Text(first), StringComparison.Ordinal);
        Assert.Contains(
            $"from {letters.Ref} to {gone.Ref} was not delivered. [1] dead letters",
            Text(first), StringComparison.Ordinal);
        Assert.EndsWith("Message content: one", Text(first), StringComparison.Ordinal);
        Assert.Equal(gone.Ref.Path.ToString(), first.LogSource);
        var second = await log.Next<Info>();
        Assert.Contains(
            "[2] dead letters encountered, no more dead letters will be logged.",
            Text(second), StringComparison.Ordinal);
        Assert.DoesNotContain(" from ", Text(second).Split("was not delivered")[0], StringComparison.Ordinal);
        Assert.Equal("three", ((await Last<DeadLetter>(letters, 3)).Message));
        Assert.Empty(await log.SoFar());
    }

    [Fact]
    public async Task What_was_dropped_or_unhandled_is_logged_as_such()
    {
        await ListenerStarted();
        var log = NewRecorder();
        System.EventStream.Subscribe<Info>(log.Ref);

        System.EventStream.Publish(new Dropped("lost", "no room", log.Ref));
        Assert.Contains($"to {log.Ref} was dropped. no room", Text(await log.Next<Info>()), StringComparison.Ordinal);
        System.EventStream.Publish(new UnhandledMessage("odd", log.Ref, log.Ref));
        Assert.Contains("was unhandled", Text(await log.Next<Info>()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_be_lost_is_not_a_dead_letter_but_a_suppressed_one()
    {
        var letters = NewRecorder();
        System.EventStream.Subscribe<AllDeadLetters>(letters.Ref);

        System.DeadLetters.Tell(new MayBeLost(), letters.Ref);
        System.DeadLetters.Tell("missed", letters.Ref);

        Assert.IsType<MayBeLost>((await letters.Next<SuppressedDeadLetter>()).Message);
        Assert.Equal("missed", (await letters.Next<DeadLetter>()).Message);
    }

    [Fact]
    public void A_dead_letter_names_message_sender_and_recipient()
    {
        var from = NewRecorder().Ref;
        var to = NewRecorder().Ref;

        AllDeadLetters[] letters =
        [
            new DeadLetter("m", from, to), new Dropped("m", "why", from, to), new UnhandledMessage("m", from, to),
        ];

        foreach (var letter in letters)
        {
            Assert.Equal(("m", from, to), (letter.Message, letter.Sender, letter.Recipient));
            Assert.Equal($"DeadLetter from {from} to {to}: <m>", letter.ToString());
        }

        Assert.Equal("why", ((Dropped)letters[1]).Reason);
        Assert.Equal(ActorRefs.NoSender, new Dropped("m", "why", to).Sender);
        Assert.Throws<ArgumentNullException>(() => new DeadLetter("m", null, to));
        Assert.Throws<ArgumentNullException>(() => new DeadLetter("m", from, null));
        Assert.Throws<ArgumentNullException>(() => new SuppressedDeadLetter(new MayBeLost(), null, to));
        Assert.Throws<ArgumentNullException>(() => new SuppressedDeadLetter(new MayBeLost(), from, null));
    }

    private Task<ActorIdentity> ListenerStarted() =>
        System.ActorSelection("/system/deadLetterListener").Ask<ActorIdentity>(new Identify(1), Recorder.Patience);

    private static string Text(Info info) => info.Message.ToString()!;

    private static async Task<T> Last<T>(Recorder recorder, int count)
    {
        for (var i = 1; i < count; i++)
            await recorder.Next<T>();
        return await recorder.Next<T>();
    }

    private sealed class MayBeLost : IDeadLetterSuppression;
}
