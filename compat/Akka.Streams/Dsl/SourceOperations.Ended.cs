using Akka.Actor;
using Akka.Event;
using Akka.Streams.Implementation.Stages;
using Akka.Util;

namespace Akka.Streams.Dsl;

public static partial class SourceOperations
{
    public static Source<T, TMat> Watch<T, TMat>(this Source<T, TMat> flow, IActorRef actorRef) =>
        flow.Via(new Watch<T>(actorRef));

    public static Source<TOut, TMat2> WatchTermination<TOut, TMat, TMat2>(
        this Source<TOut, TMat> flow, Func<TMat, Task<Done>, TMat2> materializerFunction) =>
        flow.ViaMaterialized(new WatchTermination<TOut>(), materializerFunction);

    public static Source<TOut, TMat> Log<TOut, TMat>(
        this Source<TOut, TMat> flow, string name, Func<TOut, object> extract = null, ILoggingAdapter log = null) =>
        flow.Via(new Log<TOut>(name, extract ?? (element => element), log));

    public static Source<TOut, TMat> Recover<TOut, TMat>(
        this Source<TOut, TMat> flow, Func<Exception, Option<TOut>> partialFunc) =>
        flow.Via(new Recover<TOut>(partialFunc));

    public static Source<TOut, TMat> RecoverWithRetries<TOut, TMat>(
        this Source<TOut, TMat> flow, Func<Exception, IGraph<SourceShape<TOut>, TMat>> partialFunc, int attempts) =>
        flow.Via(new RecoverWith<TOut, TMat>(partialFunc, attempts));

    public static Source<TOut, TMat> SelectError<TOut, TMat>(
        this Source<TOut, TMat> flow, Func<Exception, Exception> selector) =>
        flow.Via(new SelectError<TOut>(selector));
}
