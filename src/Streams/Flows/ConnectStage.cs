using Akka.Streams;
using Akka.Streams.Stage;

namespace Handoff.Streams.Flows;

// Over a connection that is made for it, once the stage runs: of a graph that cannot be materialized none is left.
internal sealed class ConnectStage(
    Func<Task<OwnedSocket>> connect, SocketFlowOptions options, StreamSettings settings)
    : GraphStageWithMaterializedValue<FlowShape<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>, Task<Detach>>
{
    public override FlowShape<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Shape { get; } =
        new(new Inlet<ReadOnlyMemory<byte>>("connect.in"), new Outlet<ReadOnlyMemory<byte>>("connect.out"));

    public override ILogicAndMaterializedValue<Task<Detach>> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var detach = new Detach();
        var opened = new TaskCompletionSource<Detach>(TaskCreationOptions.RunContinuationsAsynchronously);
        return new LogicAndMaterializedValue<Task<Detach>>(
            new SocketFlowLogic(Shape, OpenAsync, options, settings, detach), opened.Task);

        async Task<OwnedSocket> OpenAsync()
        {
            try
            {
                var socket = await connect().ConfigureAwait(false);
                socket.TryStream();
                opened.SetResult(detach);
                return socket;
            }
            catch (Exception failure)
            {
                opened.SetException(failure);
                throw;
            }
        }
    }
}
