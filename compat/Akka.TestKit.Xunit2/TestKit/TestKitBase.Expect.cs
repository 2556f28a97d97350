using Akka.Actor;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(
        TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(duration, null, hint, Wait.Block, cancellationToken).Now();

    public ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(duration, null, hint, Wait.Await, cancellationToken);

    public T ExpectMsg<T>(
        T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, IsEqual(message), hint, Wait.Block, cancellationToken).Now();

    public ValueTask<T> ExpectMsgAsync<T>(
        T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, IsEqual(message), hint, Wait.Await, cancellationToken);

    public T ExpectMsg<T>(
        Predicate<T> isMessage,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, Fits(isMessage, hint), hint, Wait.Block, cancellationToken).Now();

    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, Fits(isMessage, hint), hint, Wait.Await, cancellationToken);

    public T ExpectMsg<T>(
        Action<T> assert,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, (m, _) => assert?.Invoke(m), hint, Wait.Block, cancellationToken).Now();

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T> assert,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, (m, _) => assert?.Invoke(m), hint, Wait.Await, cancellationToken);

    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, Fits(isMessageAndSender, hint), hint, Wait.Block, cancellationToken).Now();

    public ValueTask<T> ExpectMsgAsync<T>(
        Func<T, IActorRef, bool> isMessageAndSender,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, Fits(isMessageAndSender, hint), hint, Wait.Await, cancellationToken);

    public T ExpectMsg<T>(
        Action<T, IActorRef> assertMessageAndSender,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, assertMessageAndSender, hint, Wait.Block, cancellationToken).Now();

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T, IActorRef> assertMessageAndSender,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, assertMessageAndSender, hint, Wait.Await, cancellationToken);

    public T ExpectMsg<T>(
        T expected,
        Func<T, T, bool> comparer,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, IsEqual(expected, comparer, hint), hint, Wait.Block, cancellationToken).Now();

    public ValueTask<T> ExpectMsgAsync<T>(
        T expected,
        Func<T, T, bool> comparer,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, IsEqual(expected, comparer, hint), hint, Wait.Await, cancellationToken);

    public Terminated ExpectTerminated(
        IActorRef target,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, IsEndOf(target, hint), hint, Wait.Block, cancellationToken).Now();

    public ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, IsEndOf(target, hint), hint, Wait.Await, cancellationToken);

    public void ExpectNoMsg(CancellationToken cancellationToken = default) =>
        ExpectNoneAsync(RemainingOrDefault, Wait.Block, cancellationToken).Now();

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        ExpectNoneAsync(Dilated(duration), Wait.Block, cancellationToken).Now();

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoneAsync(TimeSpan.FromMilliseconds(milliseconds), Wait.Block, cancellationToken).Now();

    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) =>
        ExpectNoneAsync(RemainingOrDefault, Wait.Await, cancellationToken);

    public ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        ExpectNoneAsync(Dilated(duration), Wait.Await, cancellationToken);

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoneAsync(TimeSpan.FromMilliseconds(milliseconds), Wait.Await, cancellationToken);

    private Action<T, IActorRef> IsEqual<T>(T expected) =>
        (actual, _) => _assertions.AssertEqual(expected, actual);

    private Action<T, IActorRef> IsEqual<T>(T expected, Func<T, T, bool> comparer, string hint) =>
        (actual, _) => _assertions.AssertEqual(expected, actual, comparer, "{0}", hint ?? "The messages differ.");

    private Action<T, IActorRef> Fits<T>(Predicate<T> isMessage, string hint) => isMessage == null
        ? null
        : (message, _) => _assertions.AssertTrue(
            isMessage(message), "The {0} <{1}> is not what was expected. {2}", typeof(T), message, hint ?? "");

    private Action<T, IActorRef> Fits<T>(Func<T, IActorRef, bool> isMessageAndSender, string hint) =>
        (message, sender) => _assertions.AssertTrue(
            isMessageAndSender(message, sender),
            "The {0} <{1}> from {2} is not what was expected. {3}",
            typeof(T),
            message,
            sender,
            hint ?? "");

    private Action<Terminated, IActorRef> IsEndOf(IActorRef target, string hint) =>
        (end, _) => _assertions.AssertEqual(target, end.ActorRef, "Terminated {0}. {1}", target, hint ?? "");

    private async ValueTask<T> ExpectAsync<T>(
        TimeSpan? timeout, Action<T, IActorRef> check, string hint, Wait how, CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(timeout);
        var (received, envelope) = await NextAsync(Taking.Take, limit, how, cancellationToken);
        if (!received)
            _assertions.Fail("No message of type {0} came within {1}. {2}", typeof(T), limit, hint ?? "");

        if (envelope.Message is not T message)
        {
            _assertions.Fail(
                "A message of type {0} was expected, and {1} of type {2} came. {3}",
                typeof(T),
                envelope,
                envelope.Message.GetType(),
                hint ?? "");
            throw new InvalidOperationException("The assertions let a failure pass.");
        }

        check?.Invoke(message, envelope.Sender);
        return message;
    }

    private async ValueTask ExpectNoneAsync(TimeSpan duration, Wait how, CancellationToken cancellationToken)
    {
        var start = TimeLimits.Clock;
        var (received, envelope) = await NextAsync(Taking.Take, duration, how, cancellationToken);
        if (received)
            _assertions.Fail(
                "No message was expected for {0}, and {1} came after {2}.",
                duration,
                envelope,
                TimeLimits.Clock - start);
    }
}
