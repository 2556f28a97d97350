using System.Net;

namespace Handoff.TestKit.Simulation;

// The ports that a network gives out, one after the other. Called under the gate.
internal sealed class FreePorts
{
    private const int First = 32768;
    private const int Count = 28232;

    private int _last;

    // Null if all are taken.
    public IPEndPoint? Next(IPAddress address, Func<IPEndPoint, bool> isTaken)
    {
        for (var i = 0; i < Count; i++)
        {
            _last = (_last + 1) % Count;
            var place = new IPEndPoint(address, First + _last);
            if (!isTaken(place)) return place;
        }

        return null;
    }
}
