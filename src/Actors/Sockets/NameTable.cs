using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// What is given under a name in this actor system. A socket reserves its name before it stops delivery, shows it once
// it is on offer, and frees it with the outcome; the actor of the names finds it in between.
internal sealed class NameTable(int max)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Seat> _seats = new(GiveName.Comparer);
    private readonly HashSet<string> _awaited = new(GiveName.Comparer);

    // Who keeps those that wait; null before the first get.
    public IActorRef? Desk { get; set; }

    // The names of other processes; null where there can be none.
    public IHostNames? Host { get; set; }

    // Null if the name is the caller's from now on, until it frees it.
    public SocketResult? Reserve(string name) => Reserve(name, out _);

    public SocketResult? Reserve(string name, out Seat seat)
    {
        seat = new Seat();
        lock (_gate)
        {
            if (_seats.ContainsKey(name))
                return new(ResultCode.EENAMEINUSE, $"Give: a socket is given as '{name}' already");
            if (_seats.Count >= max)
                return new(ResultCode.EEGIVETABLEFULL, $"Give: {max} names are taken; handoff.give.max-names");
            _seats.Add(name, seat);
            return null;
        }
    }

    // With it goes the name's file from now on. False where it was freed meanwhile: the file stays the caller's.
    public bool TryKeep(string name, Seat seat, IDisposable file)
    {
        lock (_gate)
        {
            if (_seats.GetValueOrDefault(name) != seat) return false;
            seat.File = file;
            return true;
        }
    }

    // Whether somebody waits for it, and has to be told.
    public bool Show(string name, Entry entry)
    {
        lock (_gate)
        {
            if (!_seats.TryGetValue(name, out var seat)) _seats.Add(name, seat = new Seat());
            seat.Entry = entry;
            return _awaited.Contains(name);
        }
    }

    // Another process has it, which its socket does not know yet: nobody finds it, and the name is not free yet.
    public void Hide(string name, Entry entry)
    {
        lock (_gate)
        {
            if (_seats.GetValueOrDefault(name) is { } seat && seat.Entry == entry) seat.Entry = null;
        }
    }

    // The file first: whoever then finds the name free here finds it free there.
    public void Free(string name)
    {
        lock (_gate)
        {
            if (!_seats.TryGetValue(name, out var seat)) return;
            seat.File?.Dispose();
            _seats.Remove(name);
        }
    }

    // Null if nothing is on offer under it. Whoever then waits hears of it when it is shown.
    public Entry? Find(string name, bool waits)
    {
        lock (_gate)
        {
            if (_seats.GetValueOrDefault(name)?.Entry is { } entry) return entry;
            if (waits) _awaited.Add(name);
            return null;
        }
    }

    // Of those that other processes may get.
    public Entry? FindShared(string name)
    {
        lock (_gate) return _seats.GetValueOrDefault(name)?.Entry is { Share: not null } entry ? entry : null;
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
                .. _seats.Values.Select(seat => seat.Entry?.Public).OfType<GivenSocket>()
                    .OrderBy(given => given.Facts.Id),
            ];
        }
    }

    // A name that is taken: with an entry once it is on offer, and a file where other processes find it.
    public sealed class Seat
    {
        public Entry? Entry { get; set; }

        public IDisposable? File { get; set; }
    }

    public sealed record Entry(OfferHandle Offer, GivenSocket Public)
    {
        // Null where other processes do not find it.
        public HostShare? Share { get; init; }
    }
}
