using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

// What one end has sent and has not arrived. The order of each stream is kept; streams, and what is unordered, do not
// wait for one another. What is lost is sent again, which takes its time. Called under the gate.
internal sealed class SctpOutbox(NetworkCore core, AssociationEnd end) : IDue
{
    private const int MostLosses = 16;

    private readonly LinkedList<SctpLetter> _letters = new();
    private readonly Dictionary<ushort, ushort> _sequences = [];
    private readonly HashSet<ushort> _waiting = [];
    private readonly TimeSpan _latency = core.Draws.UpTo(core.Options.MaxLatency);
    private uint _transmission;
    private int _bytes;
    private bool _isPumping;
    private TimeSpan? _armedFor;

    public bool IsEmpty => _letters.Count == 0;

    public int Count => _letters.Count;

    public TimeSpan Latency => core.Draws.Around(_latency);

    public ResultCode Post(ReadOnlySpan<byte> message, in SctpSendInfo info, ref Wakes wakes)
    {
        var window = core.Options.SendWindow;
        if (message.Length > window) return ResultCode.EEMSGSIZE;
        if (_bytes + message.Length > window) return ResultCode.EEWOULDBLOCK;
        var now = core.Agenda.Now;
        var losses = 0;
        while (losses < MostLosses && core.Draws.Happens(core.Options.LossRate)) losses++;
        var late = TimeSpan.Zero;
        for (var i = 0; i < losses; i++) late += core.Draws.UpTo(core.Options.MaxStall);
        var isUnordered = info.Flags.HasFlag(SctpSendFlags.Unordered);
        var sequence = _sequences.GetValueOrDefault(info.Stream);
        if (!isUnordered) _sequences[info.Stream] = (ushort)(sequence + 1);
        _letters.AddLast(new SctpLetter(core.NextNumber(), message.ToArray(), info)
        {
            Due = now + Latency + late,
            Deadline = Deadline(info.Reliability, losses, now),
            Sequence = isUnordered ? (ushort)0 : sequence,
            Transmission = ++_transmission,
        });
        _bytes += message.Length;
        core.Note(null, NetworkEventKind.Sent, atClient: true, message.Length);
        Pump(ref wakes);
        return ResultCode.EESUCCESS;
    }

    public void Come(ref Wakes wakes)
    {
        _armedFor = null;
        Pump(ref wakes);
    }

    // As much as is due and finds room.
    public void Pump(ref Wakes wakes)
    {
        if (_isPumping || _letters.Count == 0 || !end.Flows) return;
        _isPumping = true;
        _waiting.Clear();
        TimeSpan? next = null;
        for (var node = _letters.First; node is not null;)
        {
            var (here, following) = (node, node.Next);
            if (Moved(here.Value, ref next, ref wakes)) Remove(here, ref wakes);
            else _waiting.Add(here.Value.Info.Stream);
            node = following;
        }

        _isPumping = false;
        if (next is { } at) Arm(at);
        if (_letters.Count == 0) end.Drained(ref wakes);
    }

    // The association is over.
    public void GiveUp(bool wasSent, ref Wakes wakes)
    {
        foreach (var letter in _letters)
            end.Tell(new SctpSendFailed(end.Id, wasSent, 0, letter.Info, letter.Left), ref wakes);
        _letters.Clear();
        _bytes = 0;
    }

    private static TimeSpan? Deadline(SctpReliability until, int losses, TimeSpan now) => until.Policy switch
    {
        SctpReliabilityPolicy.Lifetime => now + TimeSpan.FromMilliseconds(until.Value),
        SctpReliabilityPolicy.Retransmissions when losses > until.Value => now,
        _ => null,
    };

    // Whether it is done with: there, or given up.
    private bool Moved(SctpLetter letter, ref TimeSpan? next, ref Wakes wakes)
    {
        var now = core.Agenda.Now;
        var arrives = letter.Due <= now && (letter.IsUnordered || !_waiting.Contains(letter.Info.Stream));
        var isOver = letter.Deadline is { } deadline && (deadline < now || letter.Due > deadline);
        if (isOver)
        {
            end.Tell(new SctpSendFailed(end.Id, WasSent: true, 0, letter.Info, letter.Left), ref wakes);
            return true;
        }

        while (arrives && Deliver(letter, ref wakes))
        {
            if (letter.Left.IsEmpty) return true;
            letter.Due = now + Latency;
            arrives = letter.Due <= now;
        }

        if (letter.Due > now) next = Earlier(next, letter.Due);
        if (letter.Deadline is { } bound) next = Earlier(next, bound + TimeSpan.FromTicks(1));
        return false;
    }

    // A piece, if there is room for it.
    private bool Deliver(SctpLetter letter, ref Wakes wakes)
    {
        var peer = end.Peer!;
        var point = peer.PartialDeliveryPoint;
        var count = point > 0 && letter.Left.Length > point ? point : letter.Left.Length;
        if (!peer.HasRoomFor(count)) return false;
        peer.Arrived(letter, count, ref wakes);
        _bytes -= count;
        return true;
    }

    private void Remove(LinkedListNode<SctpLetter> node, ref Wakes wakes)
    {
        _bytes -= node.Value.Left.Length;
        _letters.Remove(node);
        end.NoticeRoom(ref wakes);
    }

    private void Arm(TimeSpan at)
    {
        if (_armedFor <= at) return;
        _armedFor = at;
        core.Agenda.Add(this, at);
    }

    private static TimeSpan Earlier(TimeSpan? one, TimeSpan other) => one < other ? one.Value : other;
}
