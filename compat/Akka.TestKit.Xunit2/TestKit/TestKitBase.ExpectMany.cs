using System.Runtime.CompilerServices;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        AnyOfAsync(messages, Wait.Block, cancellationToken).Now();

    public ValueTask<T> ExpectMsgAnyOfAsync<T>(
        IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        AnyOfAsync(messages, Wait.Await, cancellationToken);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) =>
        AllOfAsync(null, messages, Wait.Block, CancellationToken.None).Now();

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOfAsync(null, messages, Wait.Block, cancellationToken).Now();

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) =>
        AllOfAsync(max, messages, Wait.Block, CancellationToken.None).Now();

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOfAsync(max, messages, Wait.Block, cancellationToken).Now();

    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(
        IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOfAsync(null, messages, Wait.Await, cancellationToken);

    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(
        TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOfAsync(max, messages, Wait.Await, cancellationToken);

    private async ValueTask<T> AnyOfAsync<T>(IEnumerable<T> messages, Wait how, CancellationToken cancellationToken)
    {
        var wanted = messages.ToList();
        var limit = RemainingOrDefault;
        var message = await ReceiveOneAsync(limit, how, cancellationToken);
        _assertions.AssertTrue(
            message != null, "None of [{0}] came within {1}.", string.Join(", ", wanted), limit);
        _assertions.AssertTrue(
            message is T typed && wanted.Contains(typed),
            "One of [{0}] was expected, and <{1}> came.",
            string.Join(", ", wanted),
            message);
        return (T)message;
    }

    // What came is handed on as it comes; whether it was all of it, and nothing else, is told at the end.
    private async IAsyncEnumerable<T> AllOfAsync<T>(
        TimeSpan? max,
        IReadOnlyCollection<T> messages,
        Wait how,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var missing = messages.ToList();
        var strangers = new List<object>();
        await foreach (var message in ReceiveNAsync(messages.Count, max, how, cancellationToken))
        {
            if (message is not T typed)
            {
                strangers.Add(message);
                continue;
            }

            if (!missing.Remove(typed))
                strangers.Add(message);
            yield return typed;
        }

        _assertions.AssertTrue(
            missing.Count == 0 && strangers.Count == 0,
            "Not found: [{0}]. Unexpected: [{1}].",
            string.Join(", ", missing),
            string.Join(", ", strangers));
    }
}
