using Handoff.Messages;

namespace Handoff.Campaign.Tests.Parties;

// What an owner has no right to any more, and tries all the same. Restarts do not forget it.
internal sealed class Keepsakes
{
    private const int Most = 4;

    public List<Stale> Handles { get; } = [];

    public List<Offered> Offers { get; } = [];

    public void Keep(Stale stale)
    {
        if (Handles.Count == Most) Handles.RemoveAt(0);
        Handles.Add(stale);
    }

    public void Keep(Offered offered)
    {
        if (Offers.Count == Most) Offers.RemoveAt(0);
        Offers.Add(offered);
    }

    // A handle that is void, and up to where its owner had received.
    internal sealed record Stale(SocketHandle Handle, long Received, SocketKind Kind);
}
