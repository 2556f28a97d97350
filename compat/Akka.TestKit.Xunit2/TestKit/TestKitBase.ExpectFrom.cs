using Akka.Actor;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public T ExpectMsgFrom<T>(
        IActorRef sender,
        TimeSpan? duration = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(duration, IsFrom<T>(sender, hint), hint, Wait.Block, cancellationToken).Now();

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender,
        TimeSpan? duration = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(duration, IsFrom<T>(sender, hint), hint, Wait.Await, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender,
        T message,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, IsFrom<T>(sender, hint) + IsEqual(message), hint, Wait.Block, cancellationToken).Now();

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender,
        T message,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, IsFrom<T>(sender, hint) + IsEqual(message), hint, Wait.Await, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender,
        Predicate<T> isMessage,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(
            timeout, IsFrom<T>(sender, hint) + Fits(isMessage, hint), hint, Wait.Block, cancellationToken).Now();

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender,
        Predicate<T> isMessage,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, IsFrom<T>(sender, hint) + Fits(isMessage, hint), hint, Wait.Await, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender,
        Action<T> assertMessage,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(
            timeout, IsFrom<T>(sender, hint) + Passes(assertMessage), hint, Wait.Block, cancellationToken).Now();

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender,
        Action<T> assertMessage,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, IsFrom<T>(sender, hint) + Passes(assertMessage), hint, Wait.Await, cancellationToken);

    public T ExpectMsgFrom<T>(
        Action<IActorRef> assertSender,
        Action<T> assertMessage,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, Passes(assertSender, assertMessage), hint, Wait.Block, cancellationToken).Now();

    public ValueTask<T> ExpectMsgFromAsync<T>(
        Action<IActorRef> assertSender,
        Action<T> assertMessage,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, Passes(assertSender, assertMessage), hint, Wait.Await, cancellationToken);

    private static Action<T, IActorRef> Passes<T>(Action<T> assertMessage) =>
        (message, _) => assertMessage?.Invoke(message);

    private static Action<T, IActorRef> Passes<T>(Action<IActorRef> assertSender, Action<T> assertMessage) =>
        (message, sender) =>
        {
            assertSender?.Invoke(sender);
            assertMessage?.Invoke(message);
        };

    private Action<T, IActorRef> IsFrom<T>(IActorRef expected, string hint) =>
        (message, sender) => _assertions.AssertEqual(
            expected, sender, "<{0}> came from {1} and was expected from {2}. {3}", message, sender, expected, hint);
}
