using System.Net;
using Handoff.Transport.Associations;

namespace Handoff.Transport.Sockets.Messages;

/// <summary>What is known of a message beside its bytes. More facts come with more transports.</summary>
public readonly record struct MessageFacts
{
    /// <summary>
    /// Who sent it, or to whom it was sent where it failed; null where nobody knows (a Unix socket without a name).
    /// </summary>
    public EndPoint? Address { get; init; }

    /// <summary>It was longer than <see cref="MessageOptions.MaxMessage"/>, and its rest is lost.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>Of a message of an association: stream, payload protocol, numbers; else the default value.</summary>
    public SctpReceiveInfo Info { get; init; }

    /// <summary>What is told of an association (<see cref="MessageKind.Event"/>); else null.</summary>
    public SctpEvent? Event { get; init; }

    // Of a message that waits to be sent.
    internal SctpSendInfo Sending { get; init; }
}
