using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

internal static class Malformed
{
    // What a message lacks that its type does not enforce; null if nothing. Whoever has no handle has no authority,
    // and
    // must not be able to crash the socket either.
    public static SocketResult? Why(object message) => Authority(message) is { } lacks
        ? new(ResultCode.EESECURITY, lacks)
        : Address(message) is { } missing ? new(ResultCode.EENOADDR, missing) : null;

    private static string? Address(object message) => message switch
    {
        Listen { EndPoint: null } or Connect { EndPoint: null } => $"{message.GetType().Name} names no address",
        Listen { Owner: null } or Connect { Owner: null } => $"{message.GetType().Name} names no owner",
        Listen { Transport: null } or Connect { Transport: null } => $"{message.GetType().Name} names no transport",
        Connect { Reading: null } => "Connect does not say how to read",
        _ => null,
    };

    private static string? Authority(object message) => message switch
    {
        ISocketCommand { Handle: null } => $"{message.GetType().Name} carries no handle",
        Splice { Other: null } => "Splice carries no second handle",
        Acquire { Offer: null } or Decline { Offer: null } => $"{message.GetType().Name} carries no offer",
        Acquire { Owner: null } or Reattach { Owner: null } => $"{message.GetType().Name} names no owner",
        Acquire { Reading: null } or ReadBy { Reading: null } => $"{message.GetType().Name} does not say how to read",
        Decline { By: null } => "Decline does not say who declines",
        Revoke { Release: null } => "Revoke does not say which release",
        _ => null,
    };
}
