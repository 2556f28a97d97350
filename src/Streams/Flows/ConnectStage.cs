using Akka.Streams;
using Akka.Streams.Stage;

namespace Handoff.Streams.Flows;

// Over a connection that is made for it.
internal sealed class ConnectStage(
    Func<Task<OwnedSocket>> connect, SocketFlowOptions options, StreamSettings settings)
    : GraphStageWithMaterializedValue<FlowShape<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>, Task<Detach>>
{
    public override FlowShape<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Shape { get; } =
        new(new Inlet<ReadOnlyMemory<byte>>("connect.in"), new Outlet<ReadOnlyMemory<byte>>("connect.out"));

    public override ILogicAndMaterializedValue<Task<Detach>> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var opening = connect();
        var detach = new Detach();
        return new LogicAndMaterializedValue<Task<Detach>>(
            new SocketFlowLogic(Shape, opening, options, settings, detach), OpenedAsync(opening, detach));
    }

    private static async Task<Detach> OpenedAsync(Task<OwnedSocket> opening, Detach detach)
    {
        await opening.ConfigureAwait(false);
        return detach;
    }
}
