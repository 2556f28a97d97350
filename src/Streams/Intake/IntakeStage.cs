using Akka.Streams;
using Akka.Streams.Stage;

namespace Handoff.Streams.Intake;

// A target as a source: of what its listener accepts, or of what is released to it.
internal sealed class IntakeStage<TMat>(
    string name,
    HandoffExtension handoff,
    StreamSettings settings,
    Func<SocketTarget, Task<(TMat Value, ListeningSocket? Listener)>> open)
    : GraphStageWithMaterializedValue<SourceShape<IncomingSocket>, Task<TMat>>
{
    public override SourceShape<IncomingSocket> Shape { get; } = new(new Outlet<IncomingSocket>($"{name}.out"));

    public override ILogicAndMaterializedValue<Task<TMat>> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var sockets = new SocketIntake(handoff, settings);
        var value = OpenAsync(sockets);
        return new LogicAndMaterializedValue<Task<TMat>>(new IntakeLogic(Shape, sockets, value), value);
    }

    private async Task<TMat> OpenAsync(SocketIntake sockets)
    {
        var target = await sockets.OpenAsync().ConfigureAwait(false);
        var (value, listener) = await open(target).ConfigureAwait(false);
        sockets.Follow(listener);
        return value;
    }
}
