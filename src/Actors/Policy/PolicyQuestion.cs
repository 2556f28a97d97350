using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Policy;

/// <summary>
/// One command, before anything else about it is checked; a get, once its socket is found. Null is what a command has
/// not.
/// </summary>
public readonly record struct PolicyQuestion
{
    /// <summary>All that the command does.</summary>
    public SocketOperations Operations { get; init; }

    /// <summary>
    /// What the <c>Credential</c> of <c>Listen</c>, <c>Connect</c> or <c>Bind</c> said when the socket was made. It is
    /// the same for all owners until the socket is closed; a connection has that of the listener which accepted it.
    /// For <see cref="SocketOperations.Survey"/>, what the question says itself.
    /// </summary>
    public object? Credential { get; init; }

    /// <summary>Who sent the command: the address of the answer, which proves nothing.</summary>
    public IActorRef? Caller { get; init; }

    /// <summary>The other process that gets the socket by its name: not to be forged. Null within this one.</summary>
    public PeerCredentials? Process { get; init; }

    /// <summary>Who has the socket; for <see cref="SocketOperations.Accept"/>, the listener.</summary>
    public IActorRef? Owner { get; init; }

    /// <summary>
    /// Who wants it: the owner to be, the acceptor, or the heir. Null for <see cref="SocketOperations.Accept"/> where
    /// the acceptor is the listener's owner and there is none: then it is asked again for who owns the listener next.
    /// </summary>
    public IActorRef? NewOwner { get; init; }

    /// <summary>Whom it is released to.</summary>
    public IReadOnlyList<IActorRef>? Targets { get; init; }

    /// <summary>The name that it is given under, or got by; null also where a give draws one.</summary>
    public string? Name { get; init; }

    /// <summary>The socket; null before it is made. For <see cref="SocketOperations.Accept"/>, the listener.</summary>
    public SocketFacts? Socket { get; init; }

    /// <summary>
    /// Where to listen or to bind, whom to connect to, or whose connection is to be accepted; the peer, where a
    /// datagram socket is bound nowhere.
    /// </summary>
    public EndPoint? Address { get; init; }

    /// <summary>The address to connect from, where the command chose one.</summary>
    public EndPoint? Local { get; init; }

    /// <summary>The name of the transport.</summary>
    public string? Transport { get; init; }

    /// <summary>Whether the command does any of these.</summary>
    /// <param name="operations">One or several.</param>
    public bool Does(SocketOperations operations) => (Operations & operations) != 0;
}
