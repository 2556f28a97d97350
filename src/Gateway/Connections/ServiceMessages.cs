using System.Net;
using Akka.Actor;
using Handoff.Gateway.Configuration;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Gateway.Connections;

// To a service actor. Drain: take nothing new, and tell the sender ServiceDrained when the last connection is over.
internal sealed record Drain
{
    public static Drain Instance { get; } = new();
}

internal sealed record ServiceDrained(string Service);

// To a service actor, and from it to its connections: what is not finished by now is closed.
internal sealed record CloseAll
{
    public static CloseAll Instance { get; } = new();
}

// From a connection to its service: the socket is acquired, so the offer needs no answer any more.
internal sealed record Began
{
    public static Began Instance { get; } = new();
}

// Goes with a socket that tcpmux releases: what its new owner sends before anything else.
internal sealed record Greeting(ReadOnlyMemory<byte> Bytes);

// To the gateway actor; answered by StartResult. With listeners that are inherited, by address and for which service,
// it is answered by Prepared first, and waits for the process that has them.
internal sealed record Start(IReadOnlyDictionary<EndPoint, string>? Inherited = null)
{
    public bool Inherits(string service) => Inherited?.Values.Contains(service) is true;
}

// To the gateway actor, before Start: whose are the listeners and connections that come? Answered by Prepared.
internal sealed record GetServiceActors
{
    public static GetServiceActors Instance { get; } = new();
}

internal abstract record StartResult
{
    private StartResult()
    {
    }

    internal sealed record Started(IReadOnlyList<RunningService> Services) : StartResult;

    internal sealed record Failed(ServiceSettings Service, SocketResult Result) : StartResult;

    // The process that was to be replaced goes on.
    internal sealed record NotTakenOver(string Why) : StartResult;

    // The place for commands cannot be had.
    internal sealed record NoControl(SocketResult Result) : StartResult;
}

// Where a service listens; nowhere if it is reached through tcpmux only.
internal sealed record RunningService(ServiceSettings Settings, EndPoint? EndPoint, SocketHandle? Listener);

// To the gateway actor; answered by Stopped.
internal sealed record Stop
{
    public static Stop Instance { get; } = new();
}

internal sealed record Stopped(bool InTime);
