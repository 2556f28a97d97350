using Akka.Actor;
using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;
using Akka.Util;

namespace Akka.Streams.Dsl;

public static class Source
{
    public static Source<T, TMat> FromGraph<T, TMat>(IGraph<SourceShape<T>, TMat> source) =>
        source as Source<T, TMat> ?? new Source<T, TMat>(source.Blueprint);

    public static Source<T, NotUsed> From<T>(IEnumerable<T> enumerable) => FromEnumerator(enumerable.GetEnumerator);

    public static Source<T, NotUsed> From<T>(Func<IAsyncEnumerable<T>> asyncEnumerable) =>
        FromGraph(new AsyncElements<T>(asyncEnumerable));

    public static Source<T, NotUsed> FromEnumerator<T>(Func<IEnumerator<T>> enumeratorFactory) =>
        FromGraph(new Elements<T>(enumeratorFactory));

    public static Source<T, NotUsed> Single<T>(T element)
    {
        if (element is null)
            throw new ArgumentNullException(nameof(element), "Element must not be null, rule 2.13");
        return FromGraph(new SingleSource<T>(element));
    }

    public static Source<T, NotUsed> Empty<T>() => FromGraph(new EmptySource<T>());

    public static Source<T, NotUsed> Failed<T>(Exception cause) => FromGraph(new FailedSource<T>(cause));

    public static Source<T, NotUsed> Never<T>() => FromGraph(new NeverSource<T>());

    public static Source<T, NotUsed> Repeat<T>(T element) =>
        FromEnumerator(Enumerable.Repeat(element, int.MaxValue).GetEnumerator);

    public static Source<T, ICancelable> Tick<T>(TimeSpan initialDelay, TimeSpan interval, T tick) =>
        FromGraph(new TickSource<T>(initialDelay, interval, tick));

    public static Source<T, TaskCompletionSource<T>> Maybe<T>() => FromGraph(new MaybeSource<T>());

    public static Source<T, NotUsed> FromTask<T>(Task<T> task) => FromGraph(new TaskSource<T>(task));

    public static Source<TElem, NotUsed> Unfold<TState, TElem>(
        TState state, Func<TState, Option<(TState, TElem)>> unfold) =>
        FromGraph(new Unfold<TState, TElem>(state, unfold));

    public static Source<TElem, NotUsed> UnfoldAsync<TState, TElem>(
        TState state, Func<TState, Task<Option<(TState, TElem)>>> unfoldAsync) =>
        FromGraph(new UnfoldAsync<TState, TElem>(state, unfoldAsync));

    public static Source<T, ISourceQueueWithComplete<T>> Queue<T>(int bufferSize, OverflowStrategy overflowStrategy)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bufferSize);
        return FromGraph(new QueueSource<T>(bufferSize, overflowStrategy));
    }

    public static Source<T, IActorRef> ActorRef<T>(int bufferSize, OverflowStrategy overflowStrategy)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bufferSize);
        if (overflowStrategy == OverflowStrategy.Backpressure)
            throw new NotSupportedException("Backpressure overflow strategy is not supported");
        return new Source<T, IActorRef>(new ActorRefSource<T>(bufferSize, overflowStrategy));
    }
}
