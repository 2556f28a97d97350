using Akka.Streams;
using Akka.Streams.Stage;

namespace Handoff.Streams.Intake;

// A target as a source: of what its listener accepts, or of what is released to it. Opened once the stage runs: of a
// graph that cannot be materialized none is left.
internal sealed class IntakeStage<TMat>(
    string name,
    HandoffExtension handoff,
    int maxOffers,
    Func<SocketTarget, Task<(TMat Value, ListeningSocket? Listener)>> open)
    : GraphStageWithMaterializedValue<SourceShape<IncomingSocket>, Task<TMat>>
{
    public override SourceShape<IncomingSocket> Shape { get; } = new(new Outlet<IncomingSocket>($"{name}.out"));

    public override ILogicAndMaterializedValue<Task<TMat>> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var sockets = new SocketIntake(handoff);
        var opened = new TaskCompletionSource<TMat>(TaskCreationOptions.RunContinuationsAsynchronously);
        return new LogicAndMaterializedValue<Task<TMat>>(
            new IntakeLogic(Shape, sockets, () => OpenAsync(sockets, opened)), opened.Task);
    }

    private async Task OpenAsync(SocketIntake sockets, TaskCompletionSource<TMat> opened)
    {
        try
        {
            var target = await sockets.OpenAsync(maxOffers).ConfigureAwait(false);
            var (value, listener) = await open(target).ConfigureAwait(false);
            sockets.Follow(listener);
            opened.SetResult(value);
        }
        catch (Exception failure)
        {
            opened.SetException(failure);
            throw;
        }
    }
}
