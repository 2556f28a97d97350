using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.TwoProcess.Tests.Host;

internal sealed class OneConversation(Conversation conversation, IStreamSocket socket) : IConsignment
{
    private SocketDescriptor? _descriptor;

    public HandleCapabilities Needs => HandleCapabilities.Streams;

    public string Label => "conversation";

    public IReadOnlyList<SocketFacts> Facts { get; } =
        [new SocketFacts(HandleKind.Stream, "tcp", socket.LocalEndPoint, socket.RemoteEndPoint, 0, 0, null)];

    public async ValueTask<Quiesced> QuiesceAsync(CancellationToken cancellationToken)
    {
        var (descriptor, baggage) = await conversation.StopAsync();
        _descriptor = descriptor;
        return new Quiesced([new QuiescedSocket(descriptor, baggage)], SocketResult.Success);
    }

    public void Resume() => conversation.GoOn(_descriptor!);

    public void Close() => _descriptor!.Dispose();
}
