using System.Collections;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        ReceiveOneAsync(max, Wait.Block, cancellationToken).Now();

    public ValueTask<object> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        ReceiveOneAsync(max, Wait.Await, cancellationToken);

    public bool TryReceiveOne(
        out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        (var received, envelope) = NextAsync(Taking.Take, max, Wait.Block, cancellationToken).Now();
        return received;
    }

    public ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(
        TimeSpan? max, CancellationToken cancellationToken = default) =>
        NextAsync(Taking.Take, max, Wait.Await, cancellationToken);

    public object PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        PeekOneAsync(max, Wait.Block, cancellationToken).Now();

    public object PeekOne(CancellationToken cancellationToken) =>
        PeekOneAsync(Timeout.InfiniteTimeSpan, Wait.Block, cancellationToken).Now();

    public ValueTask<object> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        PeekOneAsync(max, Wait.Await, cancellationToken);

    public ValueTask<object> PeekOneAsync(CancellationToken cancellationToken) =>
        PeekOneAsync(Timeout.InfiniteTimeSpan, Wait.Await, cancellationToken);

    public bool TryPeekOne(out MessageEnvelope envelope, TimeSpan? max, CancellationToken cancellationToken)
    {
        (var found, envelope) = NextAsync(Taking.Peek, max, Wait.Block, cancellationToken).Now();
        return found;
    }

    public ValueTask<(bool success, MessageEnvelope envelope)> TryPeekOneAsync(
        TimeSpan? max, CancellationToken cancellationToken) =>
        NextAsync(Taking.Peek, max, Wait.Await, cancellationToken);

    public object FishForMessage(
        Predicate<object> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    public T FishForMessage<T>(
        Predicate<T> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessage(isMessage, null, max, hint, cancellationToken);

    public T FishForMessage<T>(
        Predicate<T> isMessage,
        ArrayList allMessages,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default) =>
        FishAsync(isMessage, allMessages, max, hint, Wait.Block, cancellationToken).Now();

    public ValueTask<object> FishForMessageAsync(
        Predicate<object> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessageAsync<object>(isMessage, max, hint, cancellationToken);

    public ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessageAsync(isMessage, null, max, hint, cancellationToken);

    public ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage,
        ArrayList allMessages,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default) =>
        FishAsync(isMessage, allMessages, max, hint, Wait.Await, cancellationToken);

    public async Task FishUntilMessageAsync<T>(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var others = ReceiveWhileAsync<object>(
            shouldContinue: message => IsNot<T>(message), max: max, cancellationToken: cancellationToken);
        await foreach (var _ in others)
        {
        }
    }

    public async Task<ArrayList> WaitForRadioSilenceAsync(
        TimeSpan? max = null, uint? maxMessages = null, CancellationToken cancellationToken = default)
    {
        var heard = new ArrayList();
        while (await ReceiveOneAsync(max, cancellationToken) is { } message)
        {
            heard.Add(message);
            _assertions.AssertFalse(
                heard.Count > maxMessages, "{0} messages came where at most {1} may.", heard.Count, maxMessages);
        }

        return ArrayList.ReadOnly(heard);
    }

    private bool IsNot<T>(object message)
    {
        _assertions.AssertFalse(message is T, "A message of type {0} came, and none should.", typeof(T));
        return true;
    }

    private async ValueTask<T> FishAsync<T>(
        Predicate<T> isMessage,
        ArrayList others,
        TimeSpan? max,
        string hint,
        Wait how,
        CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(max);
        var end = TimeLimits.Clock + limit;
        others?.Clear();
        while (true)
        {
            var message = await ReceiveOneAsync(TimeLimits.Until(end), how, cancellationToken);
            _assertions.AssertTrue(message != null, "What was fished for did not come within {0}. {1}", limit, hint);
            if (message is T wanted && isMessage(wanted))
                return wanted;
            others?.Add(message);
        }
    }

    private async ValueTask<object> ReceiveOneAsync(TimeSpan? max, Wait how, CancellationToken cancellationToken)
    {
        var (received, envelope) = await NextAsync(Taking.Take, max, how, cancellationToken);
        return received ? envelope.Message : null;
    }

    private async ValueTask<object> PeekOneAsync(TimeSpan? max, Wait how, CancellationToken cancellationToken)
    {
        var (found, envelope) = await NextAsync(Taking.Peek, max, how, cancellationToken);
        return found ? envelope.Message : null;
    }

    // Zero looks without waiting, -1 ms waits without a limit, less than nothing finds nothing.
    private async ValueTask<(bool success, MessageEnvelope envelope)> NextAsync(
        Taking taking, TimeSpan? max, Wait how, CancellationToken cancellationToken)
    {
        var limit = GetTimeoutOrDefault(max);
        var endless = limit == Timeout.InfiniteTimeSpan;
        if (endless)
            Log.Warning("The test waits for a message without a limit.");

        var end = TimeLimits.Clock + (endless ? TimeSpan.Zero : limit < TimeSpan.Zero ? TimeSpan.Zero : limit);
        MessageEnvelope envelope = null;
        var found = (endless || limit >= TimeSpan.Zero) && Find(taking, out envelope);
        while (!found && (endless || limit > TimeSpan.Zero))
        {
            var left = endless ? limit : TimeLimits.Until(end);
            if (!endless && left < TimeSpan.Zero || !await _queue.WaitAsync(left, how, cancellationToken))
                break;
            found = Find(taking, out envelope);
        }

        _mayUseAllTime = false;
        _last = found ? envelope : NullMessageEnvelope.Instance;
        Trace("{0} {1}", taking == Taking.Take ? "Received" : "Peeked", _last);
        return (found, _last);
    }

    private bool Find(Taking taking, out MessageEnvelope envelope) =>
        taking == Taking.Take ? _queue.TryTake(out envelope) : _queue.TryPeek(out envelope);

    private enum Taking
    {
        Take,
        Peek,
    }
}
