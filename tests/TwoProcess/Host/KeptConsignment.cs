using Handoff.Transport;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Depositing;
using Handoff.Transport.Handles.Passing;

namespace Handoff.TwoProcess.Tests.Host;

// Sockets that are kept, on their way to another process: the keeper hears of the token of the move before the taker
// does, and so gives nothing out that the taker has. Where the sockets stay they are to be updated with tokens of
// their own again; until then a death of this process is the end of them.
internal sealed class KeptConsignment(IConsignment inner, KeeperClient keeper, IReadOnlyList<ulong> deposits)
    : IConsignment
{
    private IReadOnlyList<QuiescedSocket> _sockets = [];

    public HandleCapabilities Needs => inner.Needs;

    public string Label => inner.Label;

    public IReadOnlyList<SocketFacts> Facts => inner.Facts;

    public async ValueTask<Quiesced> QuiesceAsync(CancellationToken cancellationToken)
    {
        var quiesced = await inner.QuiesceAsync(cancellationToken).ConfigureAwait(false);
        _sockets = quiesced.Sockets ?? [];
        return quiesced;
    }

    public async ValueTask<SocketResult> BindAsync(TakeOnceToken token)
    {
        for (var i = 0; i < deposits.Count; i++)
        {
            var updated = await keeper.UpdateAsync(deposits[i], _sockets[i].Baggage, token).ConfigureAwait(false);
            if (!updated.IsSuccess) return updated;
        }

        return await inner.BindAsync(token).ConfigureAwait(false);
    }

    public void Resume() => inner.Resume();

    public void Close() => inner.Close();
}
