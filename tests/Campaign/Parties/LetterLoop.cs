using System.Net;
using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Transport;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Campaign.Tests.Parties;

// An owner that reads datagrams by lease, as LeaseLoop reads bytes.
internal sealed class LetterLoop(Crew crew, IActorRef owner, Book book, MessageLease lease, EndPoint? peer)
{
    private readonly Gate _mayRead = new();
    private readonly Gate _mayGoOn = new();
    private Task _reading = Task.CompletedTask;
    private Task _sending = Task.CompletedTask;

    public long Sent => lease.SentPosition;

    public IEnumerable<Exception> Defects =>
        new[] { _reading, _sending }.Where(task => task.IsFaulted).Select(task => task.Exception!.InnerException!);

    public void Begin()
    {
        if (crew.IsFinishing || !crew.OneIn(4)) _mayRead.Open();
        _mayGoOn.Open();
        book.IsReadOpen = () => lease.Reader.IsOpen;
        _reading = ReadAsync();
    }

    public void GoOn()
    {
        _mayRead.Open();
        _mayGoOn.Open();
    }

    // A read that ends from here on stays open.
    public void Hold() => _mayGoOn.Close();

    public void Unhold() => _mayGoOn.Open();

    public void Send(int to, int length)
    {
        if (_sending.IsCompleted) _sending = SendAsync(to, length);
    }

    private async Task SendAsync(int to, int length)
    {
        var bytes = crew.Ledger.Post.Write(book.Mail!.Port, peer is null ? to : Ports.Of(peer), length);
        Answered(bytes, await lease.SendAsync(bytes, peer is null ? Ports.At(to) : null));
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            await _mayRead.Opened;
            var read = await lease.ReadAsync();
            if (!read.IsOpen)
            {
                crew.Note($"{owner.Path.Name} reads no letter: {read.Code}: {book}");
                return;
            }

            Check(read);
            if (!crew.IsFinishing && crew.OneIn(8)) _mayGoOn.Close();
            if (!_mayGoOn.Opened.IsCompleted) crew.Ledger.HasTorn = true;
            await _mayGoOn.Opened;
            if (!crew.IsFinishing && crew.OneIn(6))
            {
                lease.PutBack();
                _mayRead.Close();
                continue;
            }

            var code = read.Kind is MessageKind.Data && _sending.IsCompleted && crew.OneIn(3)
                ? await ReplyAsync(read)
                : Consume();
            if (code is not ResultCode.EESUCCESS) return;
            if (!crew.IsFinishing && crew.OneIn(4)) _mayRead.Close();
        }
    }

    private void Check(in MessageResult read)
    {
        book.Used(owner, lease.Epoch, "read");
        var position = lease.ConsumedPosition;
        if (position != book.Consumed && !book.IsClosed)
            crew.Ledger.Violate($"{owner.Path.Name} reads letter {position} where {book.Consumed} was due: {book}");
        book.CheckLetter(owner, position, read.Kind, read.Bytes.Span, read.Facts);
    }

    private ResultCode Consume()
    {
        var position = lease.ConsumedPosition;
        var code = lease.Consume();
        if (code is ResultCode.EESUCCESS) Consumed(position + 1);
        return code;
    }

    // With an answer, in one step.
    private async Task<ResultCode> ReplyAsync(MessageResult read)
    {
        var position = lease.ConsumedPosition;
        var to = Ports.Of(read.Facts.Address);
        var bytes = crew.Ledger.Post.Write(book.Mail!.Port, to, Letter.Shortest + crew.Below(100));
        var replying = ReplyAsync(bytes, position);
        _sending = replying;
        return await replying ? ResultCode.EESUCCESS : Consume();
    }

    private async Task<bool> ReplyAsync(byte[] bytes, long position)
    {
        var result = await lease.ReplyAsync(bytes);
        Answered(bytes, result);
        if (!result.IsSuccess) return false;
        Consumed(position + 1);
        return true;
    }

    private void Consumed(long position)
    {
        book.Used(owner, lease.Epoch, "consumed");
        book.Consume(position);
    }

    private void Answered(byte[] bytes, SocketResult result)
    {
        if (result.IsSuccess)
        {
            crew.Ledger.Reached.Add("Letter: sent by lease");
            crew.Ledger.Post.Accepted(bytes);
            book.Written = Math.Max(book.Written, lease.SentPosition);
        }
        else if (result.Code is not ResultCode.EESECURITY)
        {
            crew.Ledger.Post.Refused(bytes);
        }
    }
}
