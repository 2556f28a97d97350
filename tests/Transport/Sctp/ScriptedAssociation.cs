using System.Net;
using System.Text;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp;

namespace Handoff.Transport.Tests.Sctp;

/// <summary>An association that brings what a test says, and counts how often it was lent.</summary>
internal sealed class ScriptedAssociation : ScriptedSctpSocket, IPassable
{
    public ScriptedAssociation() => RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, 2);

    public Queue<SctpReceived> Brings { get; } = [];

    public override SctpStyle Style => SctpStyle.PeeledOff;

    public override SctpAssociationId Association => new(7);

    public override SctpReceived TryReceive(Span<byte> buffer) =>
        Brings.TryDequeue(out var next) ? next : SctpReceived.Failed(ResultCode.EEWOULDBLOCK);

    public override ValueTask<IoResult> WaitReadableAsync() => new(IoResult.Moved(0));

    public override void StopWaiting() => Done.Add("stop waiting");

    public override IoResult TrySend(ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to = null)
    {
        Done.Add($"send {Encoding.ASCII.GetString(message)}");
        return IoResult.Moved(message.Length);
    }

    public void Pause() => Done.Add("pause");

    public SocketOr<SocketDescriptor> Lend()
    {
        Done.Add("lend");
        return SocketDescriptor.LentBy(0);
    }

    public void GoOn() => Done.Add("go on");

    public void Leave() => Done.Add("leave");

    public override void Abort() => Done.Add("abort");
}
