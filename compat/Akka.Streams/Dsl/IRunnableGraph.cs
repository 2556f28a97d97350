using Akka.Actor;

namespace Akka.Streams.Dsl;

public interface IRunnableGraph<out TMat> : IGraph<ClosedShape, TMat>
{
    TMat Run(IMaterializer materializer);

    TMat Run(ActorSystem actorSystem);

    IRunnableGraph<TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> func);

    new IRunnableGraph<TMat> WithAttributes(Attributes attributes);

    new IRunnableGraph<TMat> AddAttributes(Attributes attributes);

    new IRunnableGraph<TMat> Named(string name);
}
