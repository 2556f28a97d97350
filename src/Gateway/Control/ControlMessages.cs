using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Handoff.Transport;

namespace Handoff.Gateway.Control;

// From a control connection, which is the sender: a line that came, and who sent it.
internal sealed record Said(IReadOnlyList<string> Words, PeerCredentials Peer);

// From a control connection: it is over.
internal sealed record HungUp(string Why);

// To a control connection that is to reach another process; then it says Reached, or HungUp.
internal sealed record Dial(EndPoint To, IActorRef Sockets);

internal sealed record Reached
{
    public static Reached Instance { get; } = new();
}

// To a control connection: a line to send, and whether it is the last one.
internal sealed record Say(bool IsLast, IReadOnlyList<string> Words)
{
    public static Say Line(params IReadOnlyList<string> words) => new(IsLast: false, words);

    public static Say Last(params IReadOnlyList<string> words) => new(IsLast: true, words);
}

// To the actor of all control connections: what they say is for the listener. Without an address it inherits the
// socket. Answered by ControlOpened.
internal sealed record OpenControl(UnixDomainSocketEndPoint? At, IActorRef Listener);

internal sealed record ControlOpened(SocketResult Result);

// To the same: the socket is to leave for another process. Answered by OnOffer or Stays.
internal sealed record ControlLeave(IActorRef Target, TimeSpan Within);
