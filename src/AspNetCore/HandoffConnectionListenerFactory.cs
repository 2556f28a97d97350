using System.Buffers;
using System.Net;
using Akka.Actor;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.AspNetCore;

// Beside the one for sockets, which goes on to serve every other address.
internal sealed class HandoffConnectionListenerFactory(IServiceProvider services)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    // Blocks of their own for each endpoint, as the one for sockets has them.
    private readonly IMemoryPoolFactory<byte>? _memory = services.GetService<IMemoryPoolFactory<byte>>();

    public bool CanBind(EndPoint endpoint) => endpoint is HandoffEndPoint;

    public async ValueTask<IConnectionListener> BindAsync(
        EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is not HandoffEndPoint ours)
            throw new NotSupportedException($"{endpoint} is no {nameof(HandoffEndPoint)}.");
        var system = services.GetRequiredService<ActorSystem>();
        var memory = _memory?.Create() ?? MemoryPool<byte>.Shared;
        return await HandoffKestrel.For(system).BindAsync(ours, memory).WaitAsync(cancellationToken);
    }
}
