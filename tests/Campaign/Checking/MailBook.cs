using System.Net;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Campaign.Tests.Checking;

// What one datagram socket has received, by its position: the same there whoever is told.
internal sealed class MailBook(Post post, int port, bool hasPeer)
{
    private readonly List<Letter> _known = [];
    private readonly Dictionary<int, int> _last = [];

    public int Port => port;

    public bool IsWhole => post.IsWhole(port);

    public int Count => _known.Count;

    // What is wrong with it; null if nothing is.
    public string? Receive(long position, MessageKind kind, ReadOnlySpan<byte> bytes, EndPoint? address)
    {
        if (position > _known.Count) return $"message {position} came before message {_known.Count}";
        if (kind is MessageKind.Failure) return Know(position, default, hasPeer ? null : "nobody could have refused");
        if (Letter.Read(bytes) is not { } letter) return $"message {position} of {bytes.Length} bytes is not as sent";
        if ((address as IPEndPoint)?.Port != letter.Port) return $"{letter} is said to come from {address}";
        if (position < _known.Count) return Know(position, letter, null);
        return Know(position, letter, post.Arrived(letter, port, address) ?? OutOfOrder(letter));
    }

    private string? Know(long position, Letter letter, string? wrong)
    {
        if (position == _known.Count) _known.Add(letter);
        var known = _known[(int)position];
        return known == letter ? wrong : $"message {position} was {known}, and is {letter}";
    }

    private string? OutOfOrder(Letter letter)
    {
        var last = _last.GetValueOrDefault(letter.Port);
        _last[letter.Port] = letter.Number;
        return letter.Number <= last && !post.MayReorder && !post.MayDouble ? $"{letter} came after {last}" : null;
    }
}
