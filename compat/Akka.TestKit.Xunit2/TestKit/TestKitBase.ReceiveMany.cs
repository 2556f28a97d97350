using System.Runtime.CompilerServices;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public IReadOnlyCollection<object> ReceiveN(
        int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveNAsync(numberOfMessages, null, Wait.Block, cancellationToken).Now();

    public IReadOnlyCollection<object> ReceiveN(
        int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        ReceiveNAsync(numberOfMessages, max, Wait.Block, cancellationToken).Now();

    public IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveNAsync(numberOfMessages, null, Wait.Await, cancellationToken);

    public IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        ReceiveNAsync(numberOfMessages, max, Wait.Await, cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max,
        Func<object, T> filter,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, Timeout.InfiniteTimeSpan, msgs, cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max,
        TimeSpan? idle,
        Func<object, T> filter,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, idle, msgs, cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(
        Func<object, T> filter,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        WhileAsync(m => Accept(filter(m)), max, idle, msgs, Wait.Block, cancellationToken).Now();

    public IReadOnlyList<T> ReceiveWhile<T>(
        Predicate<T> shouldContinue,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true,
        CancellationToken cancellationToken = default) =>
        WhileAsync(
            Accepting(shouldContinue, shouldIgnoreOtherMessageTypes),
            max,
            idle,
            msgs,
            Wait.Block,
            cancellationToken).Now();

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        TimeSpan? max,
        Func<object, T> filter,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(filter, max, Timeout.InfiniteTimeSpan, msgs, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        TimeSpan? max,
        TimeSpan? idle,
        Func<object, T> filter,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(filter, max, idle, msgs, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Func<object, T> filter,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        WhileAsync(m => Accept(filter(m)), max, idle, msgs, Wait.Await, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Predicate<T> shouldContinue,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true,
        CancellationToken cancellationToken = default) =>
        WhileAsync(
            Accepting(shouldContinue, shouldIgnoreOtherMessageTypes),
            max,
            idle,
            msgs,
            Wait.Await,
            cancellationToken);

    // What a filter turns into null ends the reception, and stays in the queue.
    private static (Verdict, T) Accept<T>(T mapped) => (mapped == null ? Verdict.Stop : Verdict.Take, mapped);

    private static Func<object, (Verdict, T)> Accepting<T>(Predicate<T> shouldContinue, bool dropOthers) =>
        message => message is not T wanted
            ? (dropOthers ? Verdict.Drop : Verdict.Stop, default)
            : (shouldContinue(wanted) ? Verdict.Take : Verdict.Stop, wanted);

    private async IAsyncEnumerable<object> ReceiveNAsync(
        int count, TimeSpan? max, Wait how, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        max?.ThrowIfNegative(nameof(max));
        var limit = RemainingOrDilated(max);
        var end = TimeLimits.Clock + limit;
        for (var received = 0; received < count; received++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var message = await ReceiveOneAsync(TimeLimits.Until(end), how, cancellationToken);
            _assertions.AssertTrue(
                message != null, "Only {0} of {1} messages came within {2}.", received, count, limit);
            yield return message;
        }
    }

    private async IAsyncEnumerable<T> WhileAsync<T>(
        Func<object, (Verdict, T)> judge,
        TimeSpan? max,
        TimeSpan? idle,
        int most,
        Wait how,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var end = TimeLimits.Clock + RemainingOrDilated(max);
        MessageEnvelope last = NullMessageEnvelope.Instance;
        for (var taken = 0; taken < most;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var limit = TimeLimits.Until(end).OrSooner(idle);
            var (found, envelope) = await NextAsync(Taking.Peek, limit, how, cancellationToken);
            var (verdict, result) = found ? judge(envelope.Message) : (Verdict.Stop, default);
            if (verdict == Verdict.Stop)
            {
                _last = last;
                break;
            }

            if (!_queue.TryTake(out var same) || !ReferenceEquals(same, envelope))
                throw new InvalidOperationException("Two receptions run at the same time.");
            last = envelope;
            if (verdict == Verdict.Drop)
                continue;
            taken++;
            yield return result;
        }

        _mayUseAllTime = true;
    }

    private enum Verdict
    {
        Take,
        Drop,
        Stop,
    }
}
