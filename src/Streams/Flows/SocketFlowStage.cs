using Akka.Streams;
using Akka.Streams.Stage;

namespace Handoff.Streams.Flows;

// Over a connection that is there already.
internal sealed class SocketFlowStage(OwnedSocket socket, SocketFlowOptions options)
    : GraphStageWithMaterializedValue<FlowShape<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>, Detach>
{
    public override FlowShape<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Shape { get; } =
        new(new Inlet<ReadOnlyMemory<byte>>("socket.in"), new Outlet<ReadOnlyMemory<byte>>("socket.out"));

    public override ILogicAndMaterializedValue<Detach> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        // Here, and not when it begins, so that of two that are materialized it is the first one's.
        var opening = socket.TryStream()
            ? Task.FromResult(socket)
            : Task.FromException<OwnedSocket>(new InvalidOperationException($"{socket.Handle} has a stream already."));
        var detach = new Detach();
        return new LogicAndMaterializedValue<Detach>(
            new SocketFlowLogic(Shape, () => opening, options, StreamSettings.For(socket.System), detach), detach);
    }
}
