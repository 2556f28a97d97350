using System.Net.Sockets;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sctp;

namespace Handoff.Sockets;

internal static class Malformed
{
    // What a message lacks that its type does not enforce; null if nothing. Whoever has no handle has no authority,
    // and
    // must not be able to crash the socket either.
    public static SocketResult? Why(object message)
    {
        if (Authority(message) is { } lacks) return new(ResultCode.EESECURITY, lacks);
        if (Address(message) is { } missing) return new(ResultCode.EENOADDR, missing);
        return Argument(message) is { } bad ? new(ResultCode.EEBADDATA, bad) : null;
    }

    private static string? Address(object message) => message switch
    {
        Listen { EndPoint: null } or Connect { EndPoint: null } => $"{message.GetType().Name} names no address",
        Associate { Peer: null } => "Associate names no address",
        Bind { EndPoint: null, Peer: null } => "Bind names neither an address nor a peer",
        Listen { Owner: null } or Connect { Owner: null } or Bind { Owner: null } =>
            $"{message.GetType().Name} names no owner",
        Connect { Reading: null } or Bind { Reading: null } => $"{message.GetType().Name} does not say how to read",
        _ => null,
    };

    private static string? Argument(object message) => message switch
    {
        Keep { Key: null } => "Keep says no key",
        Get { Name: null } => "Get says no name",
        Get { Owner: null } => "Get names no owner",
        Get { Reading: null } => "Get does not say how to read",
        SetOption { Option: null } => "SetOption names no option",
        BindAddresses { Addresses: null } => "BindAddresses names no addresses",
        BindAddresses { Addresses: var list } when list.Contains(null) => "BindAddresses: an address is null",
        BindAddresses { Binding: not (SctpBinding.Add or SctpBinding.Remove) } => "BindAddresses says not what to do",
        Associate { Peer: var list } when list.Contains(null) => "Associate: an address is null",
        Shutdown { How: not (SocketShutdown.Receive or SocketShutdown.Send or SocketShutdown.Both) } =>
            "Shutdown names no side",
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
