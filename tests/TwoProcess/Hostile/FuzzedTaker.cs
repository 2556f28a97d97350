using Handoff.Transport;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;

namespace Handoff.TwoProcess.Tests.Hostile;

/// <summary>A taker that takes what it is offered, again and again, from whoever is at the other end.</summary>
internal sealed class FuzzedTaker(HostileEnd end) : IRecipient
{
    // An offer with this bit in its number is declined, and says so that all before it is over.
    public const ulong Probe = 1UL << 63;

    private static readonly SocketResult No = new(ResultCode.EEQUOTA, "no more");
    private volatile bool _isOver;

    // How its moves ended.
    public Dictionary<MoveOutcome, int> Outcomes { get; } = [];

    public async Task RunAsync()
    {
        while (true)
        {
            var (offer, result) = await Taker.NextOfferAsync(end.Victim, HostileEnd.Bound, default);
            if (offer is not null) await TakeAsync(offer);
            else if (_isOver) return;
            else if (result.Code is not (ResultCode.EENOTCONN or ResultCode.EERESET))
                throw new InvalidOperationException($"It waits for an offer no more: {result}");
        }
    }

    // With the end of the other side.
    public void End() => _isOver = true;

    public SocketResult Check(IReadOnlyList<ArrivedSocket> sockets) => SocketResult.Success;

    // By its number: at once, a little later, never, no, and by an exception.
    public async ValueTask<SocketResult> AskAsync(Frame.Offer offer, CancellationToken cancellationToken)
    {
        if ((offer.Id & Probe) != 0) return No;
        switch (offer.Id % 16)
        {
            case 0:
                await Task.Yield();
                return SocketResult.Success;
            case 1:
                var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using (cancellationToken.Register(() => never.TrySetCanceled(cancellationToken)))
                    await never.Task;
                return No;
            case 2:
                return No;
            case 3:
                throw new InvalidOperationException("of the test");
            default:
                return SocketResult.Success;
        }
    }

    private async Task TakeAsync(Frame.Offer offer)
    {
        var taken = await Taker.TakeAsync(end.Victim, offer, this);
        var outcome = taken.Result.Outcome;
        Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
        var expected = outcome is MoveOutcome.Moved ? offer.Sockets.Count : 0;
        if (taken.Sockets.Count != expected)
            throw new InvalidOperationException($"{outcome} with {taken.Sockets.Count} of {expected} sockets");
        foreach (var socket in taken.Sockets) socket.Descriptor.Dispose();
    }
}
