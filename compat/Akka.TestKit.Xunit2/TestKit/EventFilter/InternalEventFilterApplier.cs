using Akka.Actor;

namespace Akka.TestKit.Internal;

internal sealed class InternalEventFilterApplier(
    TestKitBase testkit, ActorSystem system, IReadOnlyList<LogFilter> filters) : IEventFilterApplier
{
    public EventFilterFactory And => new(testkit, system, filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) =>
        Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Expect(1, func, cancellationToken);

    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, func, cancellationToken);

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        AwaitAsync(Deferred(actionAsync), 1, null, cancellationToken);

    public Task ExpectOneAsync(
        TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        AwaitAsync(Deferred(action), 1, timeout, cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        AwaitAsync(func, 1, null, cancellationToken);

    public Task<T> ExpectOneAsync<T>(
        TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        AwaitAsync(func, 1, timeout, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Block(Deferred(action), expectedCount, null, cancellationToken);

    public void Expect(
        int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Block(Deferred(action), expectedCount, timeout, cancellationToken);

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Block(Deferred(func), expectedCount, null, cancellationToken);

    public T Expect<T>(
        int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Block(Deferred(func), expectedCount, timeout, cancellationToken);

    public Task ExpectAsync(
        int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        AwaitAsync(Deferred(actionAsync), expectedCount, null, cancellationToken);

    public Task ExpectAsync(
        int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default) =>
        AwaitAsync(Deferred(actionAsync), expectedCount, timeout, cancellationToken);

    public Task ExpectAsync(
        int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        AwaitAsync(Deferred(action), expectedCount, timeout, cancellationToken);

    public Task<T> ExpectAsync<T>(
        int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        AwaitAsync(func, expectedCount, null, cancellationToken);

    public Task<T> ExpectAsync<T>(
        int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        AwaitAsync(func, expectedCount, timeout, cancellationToken);

    public IUnmutableFilter Mute()
    {
        system.EventStream.Publish(new FilterCommand.Mute(filters));
        return new MutedFilter(system, filters);
    }

    public void Mute(Action action, CancellationToken cancellationToken = default) =>
        Block(Deferred(action), null, null, cancellationToken);

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Block(Deferred(func), null, null, cancellationToken);

    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) =>
        AwaitAsync(Deferred(action), null, null, cancellationToken);

    public Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        AwaitAsync(func, null, null, cancellationToken);

    private static Func<Task<T>> Deferred<T>(Func<T> func) => () => Task.FromResult(func());

    private static Func<Task<bool>> Deferred(Action action) => () =>
    {
        action();
        return Task.FromResult(true);
    };

    private static Func<Task<bool>> Deferred(Func<Task> action) => async () =>
    {
        await action();
        return true;
    };

    private T Block<T>(Func<Task<T>> func, int? expected, TimeSpan? timeout, CancellationToken cancellationToken) =>
        InterceptAsync(func, expected, timeout, Wait.Block, cancellationToken).Now();

    private Task<T> AwaitAsync<T>(
        Func<Task<T>> func, int? expected, TimeSpan? timeout, CancellationToken cancellationToken) =>
        InterceptAsync(func, expected, timeout, Wait.Await, cancellationToken).AsTask();

    // As in Akka: one event more than expected fails the test if it came before the wait was over, and where none is
    // expected the whole time is waited.
    private async ValueTask<T> InterceptAsync<T>(
        Func<Task<T>> func, int? expected, TimeSpan? timeout, Wait how, CancellationToken cancellationToken)
    {
        var limit = timeout is { } time ? testkit.Dilated(time) : Leeway();
        var count = new EventCount(expected is > 0 ? expected.Value : 1);
        using var muted = Mute();
        foreach (var filter in filters)
            filter.Matched += count.Add;
        try
        {
            var result = await func();
            if (expected is not { } wanted)
                return result;
            await Waiting.For(count.Reached, limit, how, cancellationToken);
            testkit.Checks.AssertTrue(
                count.Value == wanted,
                "{0} of {1} events came within {2} that match [{3}].",
                count.Value,
                wanted,
                limit,
                string.Join(", ", filters));
            return result;
        }
        finally
        {
            foreach (var filter in filters)
                filter.Matched -= count.Add;
        }
    }

    private TimeSpan Leeway() =>
        (system.HasExtension<TestKitSettings>() ? TestKitExtension.For(system) : testkit.TestKitSettings)
        .TestEventFilterLeeway;
}
