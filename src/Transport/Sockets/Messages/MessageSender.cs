using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets.Messages;

// From the outbound queue to the socket: what found no room there when it was sent.
internal sealed class MessageSender(MessageCore core)
{
    private readonly Waiter<bool> _work = new(core.Options.PumpScheduler);
    private MessageResult _next;
    private bool _isRetried;
    private bool _hasEnded;

    // Nothing more is accepted; what was is sent, then the end.
    public bool IsFinishing { get; private set; }

    // Nothing of it is under way.
    public bool IsStill => _work.IsWaiting || _hasEnded;

    private bool HasWork => core.Out.Count > 0 && !core.Moving.IsUnderWay;

    private bool IsOver => core.Phase >= ConnectionPhase.Stopping
        || (core.Phase is ConnectionPhase.Flushing && core.Out.Count == 0);

    public async Task RunAsync()
    {
        try
        {
            while (await WorkAsync().ConfigureAwait(false))
            {
                var (bytes, facts) = (_next.Bytes, _next.Facts);
                Took(await core.Socket.SendAsync(bytes, facts.Address, facts.Sending).ConfigureAwait(false));
            }
        }
        catch (Exception defect)
        {
            core.Ending.Abort(defect);
        }

        lock (core.Gate)
        {
            _hasEnded = true;
            core.Moving.NoticeStill();
        }

        core.Ending.LoopEnded();
    }

    // How it was elsewhere.
    public void Begin(bool isFinishing) => IsFinishing = isFinishing;

    public void Wake(ref MessageWakes wakes)
    {
        if (!_work.IsWaiting || !(IsOver || HasWork)) return;
        _work.Resolve(Next());
        wakes.Work = _work;
    }

    public ResultCode Finish(ref MessageWakes wakes)
    {
        IsFinishing = true;
        return core.Out.Count == 0 ? Shut(ref wakes) : ResultCode.EESUCCESS;
    }

    // Without waiting, under the gate.
    public ResultCode TrySend(
        ReadOnlySpan<byte> message, EndPoint? to, in SctpSendInfo info, ref MessageWakes wakes)
    {
        var sent = core.Socket.TrySend(message, to, info);
        if (MayBeOfAnEarlierOne(sent.Code))
        {
            // If it was not, the message that fails is this one, and the first reason is the better one.
            var again = core.Socket.TrySend(message, to, info);
            if (again.Code is ResultCode.EESUCCESS or ResultCode.EEWOULDBLOCK)
            {
                Tell(sent.Code, core.Socket.RemoteEndPoint, ref wakes);
                sent = again;
            }
        }

        if (sent.IsSuccess)
        {
            core.Out.Pass(message.Length);
            core.Receiver.Sent();
            if (Traffic.IsOfMessagesHeard)
                wakes.Sent = new MessageWakes.SentMessage(message.Length, core.Socket.HasEnd);
        }

        return sent.Code;
    }

    // udp(7): a connected socket tells what came back for an earlier message by failing the next call.
    private bool MayBeOfAnEarlierOne(ResultCode code) => core.Socket.IsConnected
        && code is ResultCode.EECONNREFUSED or ResultCode.EEUNREACH or ResultCode.EESENDTO;

    private ValueTask<bool> WorkAsync()
    {
        lock (core.Gate)
        {
            if (IsOver || HasWork) return new ValueTask<bool>(Next());
            _work.Arm();
            core.Moving.NoticeStill();
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
        // It stopped for a move, and stays the first.
        if (result.Code is ResultCode.EEINTR) return;
        var wakes = default(MessageWakes);
        if (result.IsSuccess && Traffic.IsOfMessagesHeard)
            wakes.Sent = new MessageWakes.SentMessage(_next.Bytes.Length, core.Socket.HasEnd);
        lock (core.Gate)
        {
            var isAgain = !_isRetried && MayBeOfAnEarlierOne(result.Code);
            _isRetried = isAgain;
            if (result.IsSuccess) core.Receiver.Sent();
            else Tell(result.Code, _next.Facts.Address ?? core.Socket.RemoteEndPoint, ref wakes);
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
