using Akka.Actor;
using Akka.Event;
using Akka.Streams.Implementation.Stages;
using Akka.Util;

namespace Akka.Streams.Dsl;

public static partial class FlowOperations
{
    public static Flow<T, T, TMat> Watch<T, TMat>(this Flow<T, T, TMat> flow, IActorRef actorRef) =>
        flow.Via(new Watch<T>(actorRef));

    public static Flow<TIn, TOut, TMat2> WatchTermination<TIn, TOut, TMat, TMat2>(
        this Flow<TIn, TOut, TMat> flow, Func<TMat, Task<Done>, TMat2> materializerFunction) =>
        flow.ViaMaterialized(new WatchTermination<TOut>(), materializerFunction);

    public static Flow<TIn, TOut, TMat> Log<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow,
        string name,
        Func<TOut, object> extract = null,
        ILoggingAdapter log = null) =>
        flow.Via(new Log<TOut>(name, extract ?? (element => element), log));

    public static Flow<TIn, TOut, TMat> Recover<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, Func<Exception, Option<TOut>> partialFunc) =>
        flow.Via(new Recover<TOut>(partialFunc));

    public static Flow<TIn, TOut, TMat> RecoverWithRetries<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow,
        Func<Exception, IGraph<SourceShape<TOut>, TMat>> partialFunc,
        int attempts) =>
        flow.Via(new RecoverWith<TOut, TMat>(partialFunc, attempts));

    public static Flow<TIn, TOut, TMat> SelectError<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, Func<Exception, Exception> selector) =>
        flow.Via(new SelectError<TOut>(selector));
}
