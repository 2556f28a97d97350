using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets.Messages;

// From the outbound queue to the socket: what found no room there when it was sent.
internal sealed class MessageSender(MessageCore core)
{
    private readonly Waiter<bool> _work = new(core.Options.PumpScheduler);
    private MessageResult _next;
    private bool _isRetried;

    // Nothing more is accepted; what was is sent, then the end.
    public bool IsFinishing { get; private set; }

    private bool IsOver => core.Phase >= ConnectionPhase.Stopping
        || (core.Phase is ConnectionPhase.Flushing && core.Out.Count == 0);

    public async Task RunAsync()
    {
        try
        {
            while (await WorkAsync().ConfigureAwait(false))
            {
                Took(await core.Socket.SendAsync(_next.Bytes, _next.Facts.Address).ConfigureAwait(false));
            }
        }
        catch (Exception defect)
        {
            core.Ending.Abort(defect);
        }

        core.Ending.LoopEnded();
    }

    public void Wake(ref MessageWakes wakes)
    {
        if (!_work.IsWaiting || !(IsOver || core.Out.Count > 0)) return;
        _work.Resolve(Next());
        wakes.Work = _work;
    }

    public ResultCode Finish(ref MessageWakes wakes)
    {
        IsFinishing = true;
        return core.Out.Count == 0 ? Shut(ref wakes) : ResultCode.EESUCCESS;
    }

    // Without waiting, under the gate.
    public ResultCode TrySend(ReadOnlySpan<byte> message, EndPoint? to, ref MessageWakes wakes)
    {
        var sent = core.Socket.TrySend(message, to);
        if (MayBeOfAnEarlierOne(sent.Code))
        {
            // If it was not, the message that fails is this one, and the first reason is the better one.
            var again = core.Socket.TrySend(message, to);
            if (again.Code is ResultCode.EESUCCESS or ResultCode.EEWOULDBLOCK)
            {
                Tell(sent.Code, core.Socket.RemoteEndPoint, ref wakes);
                sent = again;
            }
        }

        if (sent.IsSuccess) core.Out.Pass(message.Length);
        return sent.Code;
    }

    // udp(7): a connected socket tells what came back for an earlier message by failing the next call.
    private bool MayBeOfAnEarlierOne(ResultCode code) => core.Socket.IsConnected
        && code is ResultCode.EECONNREFUSED or ResultCode.EEUNREACH or ResultCode.EESENDTO;

    private ValueTask<bool> WorkAsync()
    {
        lock (core.Gate)
        {
            if (IsOver || core.Out.Count > 0) return new ValueTask<bool>(Next());
            _work.Arm();
            return _work.Armed;
        }
    }

    private bool Next()
    {
        if (IsOver) return false;
        _next = core.Out[core.Out.First];
        return true;
    }

    private void Took(IoResult result)
    {
        var wakes = default(MessageWakes);
        lock (core.Gate)
        {
            var isAgain = !_isRetried && MayBeOfAnEarlierOne(result.Code);
            _isRetried = isAgain;
            if (!result.IsSuccess) Tell(result.Code, _next.Facts.Address ?? core.Socket.RemoteEndPoint, ref wakes);
            if (!isAgain) core.Out.Remove();
            if (IsFinishing && core.Out.Count == 0) Shut(ref wakes);
            core.NoticeOutput(ref wakes);
        }

        wakes.Fire();
    }

    // The peer is gone already where this fails, which the receiving side tells.
    private ResultCode Shut(ref MessageWakes wakes)
    {
        var code = core.Socket.ShutdownSend();
        core.NoticeOutput(ref wakes);
        return code;
    }

    private void Tell(ResultCode failure, EndPoint? to, ref MessageWakes wakes)
    {
        if (core.Phase is not ConnectionPhase.Open) return;
        if (failure is ResultCode.EEBADF) core.Ending.Failed(SocketResult.Of(failure), ref wakes);
        else core.In.AppendFailure(failure, to);
        core.NoticeInput(ref wakes);
    }
}
