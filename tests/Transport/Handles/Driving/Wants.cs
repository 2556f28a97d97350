using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Tests.Handles.Driving;

/// <summary>A recipient that answers as the test says; unless told otherwise it wants everything at once.</summary>
internal sealed class Wants : IRecipient
{
    public Func<CancellationToken, Task<SocketResult>> Answer { get; init; } =
        static _ => Task.FromResult(SocketResult.Success);

    public Func<IReadOnlyList<ArrivedSocket>, SocketResult> Checks { get; init; } = static _ => SocketResult.Success;

    public List<Frame.Offer> Asked { get; } = [];

    public int Checked { get; private set; }

    public bool WasStopped { get; private set; }

    public async ValueTask<SocketResult> AskAsync(Frame.Offer offer, CancellationToken cancellationToken)
    {
        Asked.Add(offer);
        await using var stopped = cancellationToken.Register(() => WasStopped = true);
        return await Answer(cancellationToken);
    }

    public SocketResult Check(IReadOnlyList<ArrivedSocket> sockets)
    {
        Checked++;
        return Checks(sockets);
    }

    // Never, until it is not asked any more.
    public static async Task<SocketResult> Silence(CancellationToken stop)
    {
        var never = new TaskCompletionSource<SocketResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stopping = stop.Register(() => never.TrySetCanceled(stop));
        return await never.Task;
    }
}
