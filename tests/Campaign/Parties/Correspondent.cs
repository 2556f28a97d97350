using System.Net;
using Handoff.Campaign.Tests.Checking;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Campaign.Tests.Parties;

// Somebody elsewhere with a datagram socket: no actor, and nothing of ownership is known to it.
internal sealed class Correspondent(Crew crew, IDatagramSocket socket)
{
    private readonly MailBook _book =
        new(crew.Ledger.Post, Ports.Of(socket.LocalEndPoint), socket.RemoteEndPoint is not null);

    private Task _reading = Task.CompletedTask;

    public MailBook Book => _book;

    public IEnumerable<Exception> Defects => _reading.IsFaulted ? [_reading.Exception!.InnerException!] : [];

    public void Start()
    {
        crew.Ledger.Post.Receives(_book.Port, socket.RemoteEndPoint);
        _reading = crew.System.Begin(ReadAsync);
    }

    public void Send(int to, int length)
    {
        var peer = socket.RemoteEndPoint;
        var bytes = crew.Ledger.Post.Write(_book.Port, peer is null ? to : Ports.Of(peer), length);
        if (socket.TrySend(bytes, peer is null ? Ports.At(to) : null).IsSuccess) crew.Ledger.Post.Accepted(bytes);
        else crew.Ledger.Post.Refused(bytes);
    }

    public void Close() => socket.Dispose();

    private async Task ReadAsync()
    {
        var buffer = new byte[512];
        while ((await socket.WaitReadableAsync()).IsSuccess)
        {
            var got = socket.TryReceive(buffer);
            var kind = got.IsSuccess ? MessageKind.Data : MessageKind.Failure;
            if (_book.Receive(_book.Count, kind, buffer.AsSpan(0, got.Bytes), got.Sender) is { } wrong)
                crew.Ledger.Violate($"correspondent {_book.Port} received what is wrong: {wrong}");
        }
    }
}
