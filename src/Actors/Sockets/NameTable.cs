using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// What is given under a name in this actor system. A socket reserves its name before it stops delivery, shows it once
// it is on offer, and frees it with the outcome; the actor of the names finds it in between.
internal sealed class NameTable(int max)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry?> _entries = new(GiveName.Comparer);
    private readonly HashSet<string> _awaited = new(GiveName.Comparer);

    // Who keeps those that wait; null before the first get.
    public IActorRef? Desk { get; set; }

    // Null if the name is the caller's from now on, until it frees it.
    public SocketResult? Reserve(string name)
    {
        lock (_gate)
        {
            if (_entries.ContainsKey(name))
                return new(ResultCode.EENAMEINUSE, $"Give: a socket is given as '{name}' already");
            if (_entries.Count >= max)
                return new(ResultCode.EEGIVETABLEFULL, $"Give: {max} names are taken; handoff.give.max-names");
            _entries.Add(name, value: null);
            return null;
        }
    }

    // Whether somebody waits for it, and has to be told.
    public bool Show(string name, Entry entry)
    {
        lock (_gate)
        {
            _entries[name] = entry;
            return _awaited.Contains(name);
        }
    }

    public void Free(string name)
    {
        lock (_gate) _entries.Remove(name);
    }

    // Null if nothing is on offer under it. Whoever then waits hears of it when it is shown.
    public Entry? Find(string name, bool waits)
    {
        lock (_gate)
        {
            if (_entries.GetValueOrDefault(name) is { } entry) return entry;
            if (waits) _awaited.Add(name);
            return null;
        }
    }

    public void AwaitNoMore(string name)
    {
        lock (_gate) _awaited.Remove(name);
    }

    public IReadOnlyList<GivenSocket> All()
    {
        lock (_gate)
        {
            return
            [
                .. _entries.Values.OfType<Entry>().Select(entry => entry.Public).OrderBy(given => given.Facts.Id),
            ];
        }
    }

    public sealed record Entry(OfferHandle Offer, GivenSocket Public);
}
