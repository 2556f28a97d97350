using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Handles.Keeping.Serving;

// Keeps copies of the sockets of other processes, and gives them to whoever comes for them when those are dead.
internal sealed class Keeper(
    LinuxEngine engine, KeeperOptions options, PeerRule rule, IKeeperPort port, Action<string> tell)
{
    private readonly Task _never = new TaskCompletionSource().Task;
    private readonly Depositors _depositors = new();
    private readonly DepositStore _store = new(options, port, tell);
    private readonly HashSet<Task> _sessions = [];

    // Until it is stopped, or fails. The listener stays the caller's.
    public async Task RunAsync(IRecordListenSocket listener, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            while (!over.IsCancellationRequested)
            {
                var (socket, code) = await listener.AcceptAsync(over.Token).ConfigureAwait(false);
                _sessions.RemoveWhere(session => session.IsCompletedSuccessfully);
                if (socket is not null) _sessions.Add(ServeAsync(socket, over));
                else if (!over.IsCancellationRequested) await PauseAsync(code, over.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(_sessions).ConfigureAwait(false);
            _store.Clear();
        }
    }

    private async Task PauseAsync(ResultCode code, CancellationToken stop)
    {
        tell($"cannot accept: {SocketResult.Of(code)}");
        await _never.WaitAsync(options.AcceptPause, options.Handles.TimeProvider, stop)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync(IDatagramSocket socket, CancellationTokenSource over)
    {
        try
        {
            await Task.Yield();
            var refused = await BeginAsync(socket, over.Token).ConfigureAwait(false);
            if (!refused.IsSuccess) tell($"refused process {socket.PeerCredentials?.ProcessId}: {refused}");
        }
        catch
        {
            await over.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Success once the session is over.
    private async Task<SocketResult> BeginAsync(IDatagramSocket socket, CancellationToken stop)
    {
        var peer = socket.PeerCredentials;
        var judged = rule.Judge(peer);
        if (!judged.IsSuccess)
        {
            socket.Dispose();
            return judged;
        }

        using var connected = DepositorProcess.Connected(((LinuxDatagramSocket)socket).Number);
        var only = rule with { ProcessId = peer!.ProcessId };
        var (control, code) = ControlSocket.Adopt(engine, socket, options.Handles, only);
        if (control is null) return SocketResult.Of(code);
        using var channel = new FrameChannel(control, options.Handles);
        var arrival = await channel.ReceiveAsync(options.AnswerTimeout, stop).ConfigureAwait(false);
        arrival.Descriptors.Dispose();
        if (arrival.Frame is not KeeperFrame.Hello hello)
            return arrival.Result.IsSuccess ? new(ResultCode.EEBADDATA, "it does not say who it is") : arrival.Result;
        using var watched = connected ?? DepositorProcess.Numbered(peer.ProcessId, hello.Started);
        if (watched is null)
        {
            return await RefuseAsync(
                channel, new(ResultCode.EESECURITY, "it cannot be watched")).ConfigureAwait(false);
        }

        var process = DepositorProcess.Watch(engine, watched, peer.ProcessId, hello.Started);
        return await RunAsync(channel, new Depositor(hello.Key, process), stop).ConfigureAwait(false);
    }

    private async Task<SocketResult> RunAsync(FrameChannel channel, Depositor depositor, CancellationToken stop)
    {
        using var end = new CancellationTokenSource();
        await _depositors.EndEarlierAsync(depositor, options).ConfigureAwait(false);
        if (!_depositors.TryAdd(depositor, end, options.MaxDepositors))
        {
            depositor.Process.Dispose();
            return await RefuseAsync(
                channel, new(ResultCode.EEQUOTA, $"{options.MaxDepositors} processes are here")).ConfigureAwait(false);
        }

        try
        {
            tell($"hello key={depositor.Key} {depositor.Process}");
            await port.AnswerAsync(channel, new KeeperFrame.Answer(0, SocketResult.Success)).ConfigureAwait(false);
            var session = new KeeperSession(channel, depositor, _store, _depositors, options, port, tell);
            await session.RunAsync(end.Token, stop).ConfigureAwait(false);
            return SocketResult.Success;
        }
        finally
        {
            _depositors.Remove(depositor);
        }
    }

    private async Task<SocketResult> RefuseAsync(FrameChannel channel, SocketResult why)
    {
        await port.AnswerAsync(channel, new KeeperFrame.Answer(0, why)).ConfigureAwait(false);
        return why;
    }
}
