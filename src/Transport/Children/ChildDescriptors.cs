using System.Net;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Children;

// What a child has open, and nothing else. The descriptors are borrowed: they are open until the start returns, and
// the caller's to close after it.
internal abstract record ChildDescriptors
{
    private ChildDescriptors()
    {
    }

    // A socket as 0, 1 and 2, as inetd(8) does: a connection (nowait), or a listener (wait). Remote: what accept said,
    // for a peer that is gone already.
    public sealed record Standard(SocketDescriptor Socket, EndPoint? Remote = null) : ChildDescriptors;

    // Listeners from 3 on, as sd_listen_fds(3) finds them. Log: its 1 and 2; without it they lead nowhere, as its 0.
    public sealed record Listeners(IReadOnlyList<NamedListener> Named, SocketDescriptor? Log = null)
        : ChildDescriptors;
}
