using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// Of one get among the other processes. What it has found and nobody took stays given there once the search is over.
[SuppressMessage("Design", "CA1001", Justification = "Without a timer the source holds nothing.")]
internal sealed class Search
{
    private readonly CancellationTokenSource _ending = new();
    private IElsewhere? _found;
    private volatile bool _isOver;

    // What was found is on its way here: nothing else is begun for this get.
    public bool IsTaking { get; private set; }

    public async Task<Found> RunAsync(IHostNames host, Get get)
    {
        var (found, result) = await host.FindAsync(get.Name, get.Within, _ending.Token).ConfigureAwait(false);
        Interlocked.Exchange(ref _found, found);
        if (_isOver) Take()?.Dispose();
        return new Found(this, result);
    }

    // Once; null where nothing was found.
    public IElsewhere? Begin()
    {
        var found = Take();
        IsTaking = found is not null;
        return found;
    }

    public void End()
    {
        _isOver = true;
        _ending.Cancel();
        Take()?.Dispose();
    }

    private IElsewhere? Take() => Interlocked.Exchange(ref _found, null);

    // To the actor of the names.
    public sealed record Found(Search Search, SocketResult Result);
}
