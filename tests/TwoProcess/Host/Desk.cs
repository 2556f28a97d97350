using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.TwoProcess.Tests.Host;

/// <summary>A listener that can go to another process; what it accepts has its one byte back.</summary>
internal sealed class Desk(LinuxEngine engine) : IConsignment
{
    public const byte Quit = (byte)'q';

    private readonly TaskCompletionSource _mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _answers = [];
    private TaskCompletionSource _isInUse = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LinuxListenSocket? _listener;
    private SocketDescriptor? _descriptor;
    private Task<ResultCode> _accepting = Task.FromResult(ResultCode.EEBADF);

    // A connection came here since it has the listener.
    public Task IsInUse => _isInUse.Task;

    // Somebody said so.
    public Task MayEnd => _mayEnd.Task;

    public HandleCapabilities Needs => HandleCapabilities.Listeners;

    public string Label => "desk";

    public IReadOnlyList<SocketFacts> Facts =>
        [new SocketFacts(HandleKind.Listener, "tcp", _listener!.LocalEndPoint, null, 0, 0, null)];

    public void Open(IListenSocket listener)
    {
        _listener = (LinuxListenSocket)listener;
        _isInUse = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _answers.RemoveAll(answer => answer.IsCompletedSuccessfully);
        _accepting = AcceptAllAsync(_listener);
    }

    public async ValueTask<Quiesced> QuiesceAsync(CancellationToken cancellationToken)
    {
        SocketOr<SocketDescriptor> handedOut;
        do handedOut = _listener!.HandOut();
        while (handedOut.Code is ResultCode.EEBUSY);
        _descriptor = handedOut.Socket!;
        await AcceptedAllAsync();
        var baggage = new SocketBaggage(0, 0, SocketEnds.None, [], []);
        return new Quiesced([new QuiescedSocket(_descriptor, baggage)], SocketResult.Success);
    }

    public void Resume() => Open(engine.AdoptListener(_descriptor!).Socket!);

    public void Close() => _descriptor!.Dispose();

    // The connections that it accepted are answered before.
    public async Task EndAsync()
    {
        _listener?.Dispose();
        await AcceptedAllAsync();
        await Task.WhenAll(_answers);
    }

    private async Task AcceptedAllAsync()
    {
        var ended = await _accepting;
        if (ended is not ResultCode.EEBADF) throw new InvalidOperationException($"It did not accept: {ended}.");
    }

    private async Task<ResultCode> AcceptAllAsync(LinuxListenSocket listener)
    {
        while (true)
        {
            var (socket, code) = await listener.AcceptAsync(default);
            if (socket is null) return code;
            _answers.Add(AnswerAsync(socket));
            _isInUse.TrySetResult();
        }
    }

    private async Task AnswerAsync(IStreamSocket socket)
    {
        using (socket)
        {
            var one = new byte[1];
            while ((await socket.ReceiveAsync(one)).Bytes == 1)
            {
                await socket.SendAsync(one);
                if (one[0] == Quit) _mayEnd.TrySetResult();
            }
        }
    }
}
