using Handoff.Messages;

namespace Handoff.Sockets;

internal static class Malformed
{
    // What a message lacks that its type does not enforce; null if nothing.
    public static string? Why(object message) => message switch
    {
        ISocketCommand { Handle: null } => $"{message.GetType().Name} carries no handle",
        Acquire { Offer: null } or Decline { Offer: null } => $"{message.GetType().Name} carries no offer",
        Acquire { Owner: null } => "Acquire names no owner",
        Acquire { Reading: null } or ReadBy { Reading: null } => $"{message.GetType().Name} does not say how to read",
        Decline { By: null } => "Decline does not say who declines",
        Revoke { Release: null } => "Revoke does not say which release",
        _ => null,
    };
}
