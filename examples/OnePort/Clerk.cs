using System.Text;
using Akka.Actor;
using Handoff.Messages;

namespace OnePort;

// Keeps the last lines that anybody has sent, answers each part that comes, and tells the page what it has.
public sealed class Clerk : ReceiveActor
{
    public const string WhatIsNoted = "?";
    private const int MostLines = 20, LongestLine = 200;

    private readonly Queue<string> _noted = [];
    private readonly Dictionary<long, string> _begun = [];
    private readonly Dictionary<Write, Received> _answers = [];

    public Clerk()
    {
        Receive<Offered>(offered => offered.Offer.Socket.Tell(
            new Acquire(offered.Offer, Self) { Reading = Reading.Active(1) }));
        Receive<Acquired>(_ => { }); // what comes is told by Received
        Receive<Received>(part =>
        {
            var text = _begun.GetValueOrDefault(part.Handle.Id) + Encoding.UTF8.GetString(part.Bytes.Span);
            var lines = text.Split('\n');
            foreach (var line in lines[..^1]) _noted.Enqueue(line.TrimEnd('\r'));
            while (_noted.Count > MostLines) _noted.Dequeue();
            _begun[part.Handle.Id] = lines[^1][..Math.Min(lines[^1].Length, LongestLine)];
            var answer = new Write(part.Handle, Encoding.UTF8.GetBytes($"noted {lines.Length - 1}\n"));
            _answers[answer] = part;
            part.Handle.Socket.Tell(answer);
        });
        Receive<Written>(answer =>
        {
            // What follows is read once there was room for the answer.
            if (_answers.Remove(answer.Write, out var part))
                part.Handle.Socket.Tell(new Consumed(part.Handle, part.End));
        });
        Receive<PeerFinished>(end => end.Handle.Socket.Tell(new Close(end.Handle)));
        Receive<Closed>(closed => _begun.Remove(closed.Handle.Id));
        Receive<string>(_ => Sender.Tell(string.Join('\n', _noted)));
    }
}
