using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// The names of all processes of this user and host.
internal interface IHostNames
{
    // The name is this process's until the result is disposed, or why not.
    Task<(IDisposable? File, SocketResult Result)> HoldAsync(
        Give give, string name, CancellationToken cancellationToken);

    // What another process offers under it, which is the caller's to take or to dispose; as NameGetter says.
    Task<(IElsewhere? Found, SocketResult Result)> FindAsync(
        string name, TimeSpan? within, CancellationToken cancellationToken);

    Task<(IReadOnlyList<GivenElsewhere> Names, SocketResult Result)> ListAsync();
}
