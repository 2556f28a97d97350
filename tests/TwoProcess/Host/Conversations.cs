using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.TwoProcess.Tests.Host;

// Those that move together.
internal sealed class Conversations(IReadOnlyList<Conversation> all) : IConsignment
{
    private SocketDescriptor[] _descriptors = [];

    public HandleCapabilities Needs =>
        HandleCapabilities.Streams | (all.Count > 1 ? HandleCapabilities.Batches : HandleCapabilities.None);

    public string Label => "conversation";

    public IReadOnlyList<SocketFacts> Facts { get; } = [.. all.Select(one => one.Facts)];

    public async ValueTask<Quiesced> QuiesceAsync(CancellationToken cancellationToken)
    {
        var stopped = await Task.WhenAll(all.Select(one => one.StopAsync()));
        _descriptors = [.. stopped.Select(one => one.Descriptor)];
        var sockets = stopped.Select(one => new QuiescedSocket(one.Descriptor, one.Baggage));
        return new Quiesced([.. sockets], SocketResult.Success);
    }

    public void Resume()
    {
        for (var i = 0; i < all.Count; i++) all[i].GoOn(_descriptors[i]);
    }

    public void Close() => Array.ForEach(_descriptors, descriptor => descriptor.Dispose());
}
