namespace Akka.Streams;

public interface IFlowShape
{
    Inlet Inlet { get; }

    Outlet Outlet { get; }
}
