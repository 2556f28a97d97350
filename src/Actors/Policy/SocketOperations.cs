namespace Handoff.Policy;

/// <summary>
/// What a command does, in the words of LPC's <c>valid_socket</c> and of socket(9). A command may do several at once,
/// and is asked about once: refuse any of them and nothing is done.
/// </summary>
[Flags]
public enum SocketOperations
{
    /// <summary>Nothing that policy is asked about: declining, giving credit, dissolving a splice, the status of one
    /// socket.</summary>
    None = 0,

    /// <summary>Makes a socket; goes with <see cref="Listen"/>, <see cref="Connect"/>, <see cref="Bind"/>.</summary>
    Create = 1,

    /// <summary>Takes a local address; goes with <see cref="Listen"/>, with a <see cref="Connect"/> that chose one, or
    /// opens a datagram socket.</summary>
    Bind = 1 << 1,

    /// <summary>Accepts from now on.</summary>
    Listen = 1 << 2,

    /// <summary>Takes in a connection that a listener has accepted. Refused, it is reset.</summary>
    Accept = 1 << 3,

    /// <summary>Connects to an address, or opens a datagram socket with one peer.</summary>
    Connect = 1 << 4,

    /// <summary>Sends; also opens a lease, through which its owner sends without being asked again.</summary>
    Write = 1 << 5,

    /// <summary>Ends sending, receiving, or both (<c>soshutdown(9)</c>).</summary>
    Shutdown = 1 << 6,

    /// <summary>Closes or aborts.</summary>
    Close = 1 << 7,

    /// <summary>Offers the socket to targets.</summary>
    Release = 1 << 8,

    /// <summary>Takes an offered socket over.</summary>
    Acquire = 1 << 9,

    /// <summary>Offers the socket under a name.</summary>
    Give = 1 << 10,

    /// <summary>Takes over what is offered under a name.</summary>
    Get = 1 << 11,

    /// <summary>Sets an option.</summary>
    SetOption = 1 << 12,

    /// <summary>A restarted owner takes its socket up again.</summary>
    Reattach = 1 << 13,

    /// <summary>Names an heir.</summary>
    SetHeir = 1 << 14,

    /// <summary>Takes an offer back.</summary>
    Revoke = 1 << 15,

    /// <summary>Lends the socket; goes with <see cref="Release"/>. Returning it needs no permission.</summary>
    Lend = 1 << 16,

    /// <summary>Anything else that an owner does to its socket.</summary>
    Other = 1 << 17,

    /// <summary>Asks for the status of many sockets, whosoever they are.</summary>
    Survey = 1 << 18,

    /// <summary>Branches an association off; goes with <see cref="Release"/> where that is offered at once.</summary>
    Peel = 1 << 19,
}
