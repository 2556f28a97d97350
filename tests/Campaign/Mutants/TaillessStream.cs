using System.Buffers;
using System.Net;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.Campaign.Tests.Mutants;

// Takes what it is told to send, and sends the last byte only before the next one.
internal sealed class TaillessStream(IStreamSocket socket, Func<bool> isOn) : IStreamSocket
{
    private byte[] _held = [];

    public EndPoint? LocalEndPoint => socket.LocalEndPoint;

    public EndPoint? RemoteEndPoint => socket.RemoteEndPoint;

    public ValueTask<IoResult> ReceiveAsync(Memory<byte> buffer) => socket.ReceiveAsync(buffer);

    public ValueTask<IoResult> WaitReadableAsync() => socket.WaitReadableAsync();

    public void StopWaiting() => socket.StopWaiting();

    public async ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_held.Length > 0)
        {
            var first = await socket.SendAsync(_held);
            if (!first.IsSuccess) return first;
            _held = [];
        }

        if (!isOn()) return await socket.SendAsync(bytes);
        if (bytes.Length == 1)
        {
            _held = bytes.ToArray();
            return IoResult.Moved(1);
        }

        var sent = await socket.SendAsync(bytes[..^1]);
        if (!sent.IsSuccess || sent.Bytes < bytes.Length - 1) return sent;
        _held = bytes[^1..].ToArray();
        return IoResult.Moved(bytes.Length);
    }

    public ValueTask<IoResult> SendAsync(in ReadOnlySequence<byte> bytes) => SendAsync(bytes.ToArray());

    public ResultCode SendUrgent(byte value) => socket.SendUrgent(value);

    public IoResult ReceiveUrgent(Span<byte> buffer) => socket.ReceiveUrgent(buffer);

    public ResultCode ShutdownSend() => socket.ShutdownSend();

    public void Abort() => socket.Abort();

    public void Dispose() => socket.Dispose();
}
