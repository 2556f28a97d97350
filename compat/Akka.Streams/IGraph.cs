using Akka.Streams.Implementation;

namespace Akka.Streams;

public interface IGraph<out TShape>
    where TShape : Shape
{
    TShape Shape { get; }

    internal Blueprint Blueprint { get; }
}

public interface IGraph<out TShape, out TMaterialized> : IGraph<TShape>
    where TShape : Shape
{
    IGraph<TShape, TMaterialized> WithAttributes(Attributes attributes);

    IGraph<TShape, TMaterialized> AddAttributes(Attributes attributes);

    IGraph<TShape, TMaterialized> Named(string name);

    IGraph<TShape, TMaterialized> Async();
}
