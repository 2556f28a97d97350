using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Handoff.Sockets;

// What a socket that is given to all processes has beside its name: what goes with it, and whose turn it is to get it.
[SuppressMessage("Design", "CA1001", Justification = "Without a wait handle the turn holds nothing.")]
internal sealed class HostShare(object? attachment, ActivityContext? trace)
{
    public object? Attachment => attachment;

    public ActivityContext? Trace => trace;

    public SemaphoreSlim Turn { get; } = new(1, 1);
}
