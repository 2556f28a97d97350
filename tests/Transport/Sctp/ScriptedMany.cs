using System.IO.Pipelines;
using System.Net;
using System.Text;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Sctp;

namespace Handoff.Transport.Tests.Sctp;

/// <summary>
/// A one-to-many socket that brings what a test says, at once: whoever waits for it goes on inside
/// <see cref="Bring"/>.
/// </summary>
internal sealed class ScriptedMany : ScriptedSctpSocket
{
    private readonly Queue<(SctpReceived What, string Text)> _coming = [];
    private readonly Waiter<IoResult> _readable = new(PipeScheduler.Inline);
    private bool _isClosed;

    /// <summary>What a peel of an association brings.</summary>
    public Func<SctpAssociationId, SocketOr<ISctpSocket>> PeelsOff { get; set; } = _ => ResultCode.EENOSOCKS;

    /// <summary>What a send answers.</summary>
    public ResultCode Sends { get; set; } = ResultCode.EESUCCESS;

    /// <summary>What was brought and not received.</summary>
    public int Waiting => _coming.Count;

    public override SctpStyle Style => SctpStyle.OneToMany;

    public override SctpAssociationId Association => default;

    public void Up(int id) => Bring(new SctpUp(new(id), 1, 1));

    public void Bring(SctpEvent what) => Bring(SctpReceived.Of(what, new IPEndPoint(IPAddress.Loopback, 2)), "");

    public void Bring(int id, string text)
    {
        var info = default(SctpReceiveInfo) with { Association = new SctpAssociationId(id) };
        Bring(new SctpReceived(ResultCode.EESUCCESS, text.Length, true) { Info = info }, text);
    }

    public override SctpReceived TryReceive(Span<byte> buffer)
    {
        if (_isClosed) return SctpReceived.Failed(ResultCode.EEBADF);
        if (!_coming.TryDequeue(out var next)) return SctpReceived.Failed(ResultCode.EEWOULDBLOCK);
        Encoding.ASCII.GetBytes(next.Text, buffer);
        return next.What;
    }

    public override ValueTask<IoResult> WaitReadableAsync()
    {
        if (_isClosed) return new(IoResult.Failed(ResultCode.EEBADF));
        if (_coming.Count > 0) return new(IoResult.Moved(0));
        _readable.Arm();
        return _readable.Armed;
    }

    /// <summary>There is never room.</summary>
    public override ValueTask<IoResult> WaitWritableAsync() => new(new TaskCompletionSource<IoResult>().Task);

    public override SctpOr<SctpAssociationId> Connect(IReadOnlyList<IPEndPoint> peer) =>
        SctpOr<SctpAssociationId>.Of(new(peer[0].Port));

    public override IoResult TrySend(ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to = null)
    {
        var what = info.Flags is SctpSendFlags.None ? Encoding.ASCII.GetString(message) : $"{info.Flags}";
        Done.Add($"{what} {info.Association.Value}");
        return Sends is ResultCode.EESUCCESS ? IoResult.Moved(message.Length) : IoResult.Failed(Sends);
    }

    public override SocketOr<ISctpSocket> PeelOff(SctpAssociationId association, SctpPeelFlags flags)
    {
        Done.Add($"peel off {association.Value}");
        return PeelsOff(association);
    }

    public override SocketResult Listen(int backlog)
    {
        Done.Add($"listen {backlog}");
        return SocketResult.Success;
    }

    public override SctpOr<IReadOnlyList<IPEndPoint>> GetPeerAddresses(SctpAssociationId association) =>
        ResultCode.EEINVAL;

    public override void Dispose()
    {
        if (_isClosed) return;
        base.Dispose();
        _isClosed = true;
        if (!_readable.IsWaiting) return;
        _readable.Resolve(IoResult.Failed(ResultCode.EEBADF));
        _readable.Fire();
    }

    private void Bring(SctpReceived what, string text)
    {
        _coming.Enqueue((what, text));
        if (!_readable.IsWaiting) return;
        _readable.Resolve(IoResult.Moved(0));
        _readable.Fire();
    }
}
