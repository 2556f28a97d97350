using System.IO.Pipelines;

namespace Handoff.Gateway.Services;

// Asks who talks to a client to stop at its next clean point. Nothing is lost by it: a read that is cancelled has
// consumed nothing, and what a flush was called for is accepted by then; only its wait for room ends.
internal sealed class Pause(IDuplexPipe client)
{
    private volatile bool _isRequested;

    public bool IsRequested => _isRequested;

    // Where neither a read nor a flush waits, the next of each is cancelled, whoever calls it.
    public void Request()
    {
        _isRequested = true;
        client.Input.CancelPendingRead();
        client.Output.CancelPendingFlush();
    }

    // Waits for room, unless it is to pause. A cancellation that is left over from an earlier pause is none.
    public async ValueTask<FlushResult> FlushAsync(CancellationToken stop)
    {
        while (true)
        {
            var flushed = await client.Output.FlushAsync(stop);
            if (!flushed.IsCanceled || IsRequested) return flushed;
        }
    }
}
