using Akka.Actor;
using Handoff.Messages;

namespace Handoff.TestKit.Checks;

// Each datagram once and whole, with who sent it and in the order of its sender, whoever owned the socket then. What
// was consumed is known as it is of bytes.
internal sealed class MessageCheck(Violations violations, string socket)
{
    private readonly Dictionary<string, Queue<byte[]>> _sent = [];
    private readonly List<(string Sender, byte[] Bytes)> _came = [];
    private long _surely;
    private long _perhaps;

    public void Sends(string sender, byte[] bytes)
    {
        if (!_sent.TryGetValue(sender, out var queue)) _sent[sender] = queue = new Queue<byte[]>();
        queue.Enqueue(bytes);
    }

    // An owner is shown the message at a position: by its lease, or by a message of its own.
    public void Reads(long position, string sender, ReadOnlySpan<byte> bytes)
    {
        if (position < _surely)
            violations.Add($"{socket}: message {position} was consumed, and comes again");
        else if (position > _came.Count)
            violations.Add($"{socket}: message {position} comes, but {_came.Count} is the next one");
        else if (position == _came.Count)
            Comes(sender, bytes);
        else if (_came[(int)position] is var before && (before.Sender != sender || !bytes.SequenceEqual(before.Bytes)))
            violations.Add($"{socket}: message {position} was another one before, of {before.Sender}");
    }

    public void ConsumedByLease(long position) => _surely = _perhaps = position;

    public void ConsumedByMessage(long position) => _perhaps = Math.Max(_perhaps, position);

    public void Begins(IActorRef who, Acquired acquired)
    {
        if (acquired.Consumed < _surely || acquired.Consumed > _perhaps)
        {
            violations.Add(
                $"{socket}: {who.Path.Name} begins at {acquired.Consumed}, but {_perhaps} messages were consumed");
        }

        _surely = _perhaps = acquired.Consumed;
    }

    private void Comes(string sender, ReadOnlySpan<byte> bytes)
    {
        if (!_sent.TryGetValue(sender, out var queue) || !queue.TryDequeue(out var sent) || !bytes.SequenceEqual(sent))
            violations.Add($"{socket}: message {_came.Count} is not what {sender} sent next");
        _came.Add((sender, bytes.ToArray()));
    }
}
