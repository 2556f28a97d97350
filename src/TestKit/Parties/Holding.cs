using System.IO.Pipelines;
using Handoff.Messages;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.TestKit.Parties;

// What a party has, or had, of one socket.
internal sealed class Holding
{
    private readonly List<byte> _read = [];

    // The last handle that it was given; it may be of an epoch that is over.
    public SocketHandle? Handle { get; set; }

    public SocketLease? Lease { get; set; }

    public MessageLease? Messages { get; set; }

    public Offered? Offered { get; set; }

    public Release? Release { get; set; }

    public bool IsReleasing { get; set; }

    // Delivered by messages and not consumed.
    public List<Received> Waiting { get; } = [];

    // Datagrams, as well.
    public List<ReceivedFrom> WaitingMessages { get; } = [];

    // Datagrams that were read and consumed, with who sent them.
    public List<(string Sender, string Text)> MessagesRead { get; } = [];

    // A read result that the story leaves open.
    public ReadResult? Open { get; set; }

    public bool SawEnd { get; set; }

    public Task Flushing { get; set; } = Task.CompletedTask;

    public IReadOnlyList<byte> Read => _read;

    public void AddRead(ReadOnlySpan<byte> bytes) => _read.AddRange(bytes);

    public void TakeBack(int bytes) => _read.RemoveRange(_read.Count - bytes, bytes);
}
