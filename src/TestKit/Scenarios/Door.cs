using System.Net;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.TestKit.Scenarios;

// The one transport that an actor system of scenarios knows; each run puts its own behind it. Connects to a place wait
// here while the story says that nobody answers there.
internal sealed class Door : IDatagramTransport
{
    private readonly Dictionary<EndPoint, TaskCompletionSource> _unanswered = [];
    private ITransport? _behind;

    public string Name => "scenario";

    public TransportCapabilities Capabilities => Behind.Capabilities;

    private ITransport Behind => _behind ?? throw new InvalidOperationException("No scenario is running.");

    public void Open(ITransport behind)
    {
        _behind = behind;
        _unanswered.Clear();
    }

    public void Hold(EndPoint place) => _unanswered.Add(place, new TaskCompletionSource());

    public void LetGo(EndPoint place)
    {
        if (_unanswered.Remove(place, out var waiting)) waiting.SetResult();
    }

    public ListenResult Listen(EndPoint endPoint, int backlog) => Behind.Listen(endPoint, backlog);

    public ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken) =>
        ConnectAsync(endPoint, local: null, timeout, cancellationToken);

    public ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, EndPoint? local, TimeSpan timeout, CancellationToken cancellationToken) =>
        _unanswered.TryGetValue(endPoint, out var waiting)
            ? ConnectAfterAsync(waiting.Task, endPoint, local, timeout, cancellationToken)
            : Behind.ConnectAsync(endPoint, local, timeout, cancellationToken);

    public OpenResult Open(EndPoint? local, EndPoint? remote) => Behind is IDatagramTransport datagrams
        ? datagrams.Open(local, remote)
        : new OpenResult(null, new SocketResult(ResultCode.EEMODENOTSUPP, $"{Behind.Name} has no datagrams"));

    private async ValueTask<ConnectResult> ConnectAfterAsync(
        Task answered, EndPoint endPoint, EndPoint? local, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await answered.ConfigureAwait(false);
        return await Behind.ConnectAsync(endPoint, local, timeout, cancellationToken).ConfigureAwait(false);
    }
}
