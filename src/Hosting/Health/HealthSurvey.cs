using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Hosting.Health;

// Asks all sockets, a page after the other, for as long as a check may take. Of the many that are as they should be
// only the number is kept.
internal sealed class HealthSurvey
{
    private readonly List<SocketStatus> _offered = [];
    private readonly List<long> _silent = [];

    public IReadOnlyList<SocketStatus> Offered => _offered;

    public IReadOnlyList<long> Silent => _silent;

    // That answered.
    public int Answered { get; private set; }

    // Not all were asked in time.
    public bool IsCut { get; private set; }

    // Why they were not asked.
    public SocketResult? Refusal { get; private set; }

    // Page: those after a socket's number.
    public async Task RunAsync(
        Func<long, Task<SocketPage>> page, TimeSpan within, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(within, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            for (long? after = 0; after is { } last;)
            {
                var asked = await page(last).WaitAsync(either.Token);
                Add(asked);
                after = asked.Next;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            IsCut = true;
        }
        catch (SocketFailedException refused)
        {
            Refusal = refused.Result;
        }
    }

    private void Add(SocketPage page)
    {
        Answered += page.Sockets.Count;
        _offered.AddRange(page.Sockets.Where(socket => socket.Offer is not null));
        _silent.AddRange(page.Silent);
    }
}
