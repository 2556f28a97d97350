using System.Net;
using System.Text;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>A socket, and what a test does with it.</summary>
internal sealed class SctpParty(ISctpSocket socket, int buffer = 64 * 1024)
{
    private readonly byte[] _buffer = new byte[buffer];

    public ISctpSocket Socket => socket;

    public IPEndPoint Place => socket.LocalEndPoints[0];

    /// <summary>The next that comes: a message, a piece of one, an event, or a code other than "nothing".</summary>
    public async Task<(SctpReceived What, byte[] Bytes)> Next()
    {
        while (true)
        {
            var received = socket.TryReceive(_buffer);
            if (received.Code is not ResultCode.EEWOULDBLOCK) return (received, _buffer[..received.Bytes]);
            var ready = await socket.WaitReadableAsync().Soon();
            Assert.Equal(ResultCode.EESUCCESS, ready.Code);
        }
    }

    /// <summary>The next that comes is this event.</summary>
    public async Task<T> Hears<T>()
        where T : SctpEvent
    {
        var (what, bytes) = await Next();
        Assert.Equal(ResultCode.EESUCCESS, what.Code);
        return Assert.IsType<T>(what.Event is null ? Encoding.ASCII.GetString(bytes) : what.Event);
    }

    /// <summary>The next that comes is a message, whole.</summary>
    public async Task<(SctpReceiveInfo Info, byte[] Bytes)> Receives()
    {
        var all = new MemoryStream();
        while (true)
        {
            var (what, bytes) = await Next();
            if (what.Event is SctpSenderDry) continue; // a test has asked, and it is told as often as it holds
            Assert.Equal((ResultCode.EESUCCESS, null), (what.Code, what.Event));
            all.Write(bytes);
            if (what.IsEndOfMessage) return (what.Info, all.ToArray());
        }
    }

    public async Task<string> Reads() => Encoding.ASCII.GetString((await Receives()).Bytes);

    /// <summary>Sends, and waits where there is no room.</summary>
    public async Task Send(byte[] message, SctpSendInfo info = default, IPEndPoint? to = null)
    {
        var result = socket.TrySend(message, info, to);
        while (result.Code is ResultCode.EEWOULDBLOCK)
        {
            Assert.Equal(ResultCode.EESUCCESS, (await socket.WaitWritableAsync().Soon()).Code);
            result = socket.TrySend(message, info, to);
        }

        Assert.Equal(ResultCode.EESUCCESS, result.Code);
    }

    public Task Send(string message, SctpSendInfo info = default, IPEndPoint? to = null) =>
        Send(Encoding.ASCII.GetBytes(message), info, to);

    public ResultCode TrySend(string message, SctpSendInfo info = default, IPEndPoint? to = null) =>
        socket.TrySend(Encoding.ASCII.GetBytes(message), info, to).Code;

    public ResultCode End(SctpAssociationId association, SctpSendFlags how = SctpSendFlags.EndAssociation) =>
        socket.TrySend([], new SctpSendInfo { Association = association, Flags = how }).Code;
}
