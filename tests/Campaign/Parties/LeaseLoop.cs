using System.IO.Pipelines;
using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Campaign.Tests.Parties;

// An owner that reads by lease: a loop beside the actor, which goes on until the lease is refused it.
internal sealed class LeaseLoop(Crew crew, IActorRef owner, Book book, SocketLease lease)
{
    private readonly Gate _mayRead = new();
    private readonly Gate _mayGoOn = new();
    private Task _reading = Task.CompletedTask;
    private Task _writing = Task.CompletedTask;

    public long Consumed { get; set; } = lease.ConsumedPosition;

    public long Written => lease.WrittenPosition;

    public bool SawEnd { get; private set; }

    public bool IsWriting => !_writing.IsCompleted;

    public IEnumerable<Exception> Defects =>
        new[] { _reading, _writing }.Where(task => task.IsFaulted).Select(task => task.Exception!.InnerException!);

    public void Begin()
    {
        if (crew.IsFinishing || !crew.OneIn(4)) _mayRead.Open();
        _mayGoOn.Open();
        book.IsReadOpen = () => lease.Reader.OpenLast is not null;
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

    public void Write(int count, bool isFlushed)
    {
        if (!_writing.IsCompleted) return;
        if (!isFlushed)
        {
            crew.Ledger.HasTorn = true;
            TryAdd(count);
            return;
        }

        try
        {
            var position = lease.WrittenPosition + lease.Output.UnflushedBytes;
            var flush = lease.Output.WriteAsync(Pattern.Bytes(book.Line!.ToPeer, position, count));
            book.Used(owner, lease.Epoch, "wrote");
            book.Written = Math.Max(book.Written, lease.WrittenPosition);
            _writing = AwaitAsync(flush);
        }
        catch (SocketFailedException failed)
        {
            crew.Note($"{owner.Path.Name} cannot write: {failed.Code}");
        }
    }

    public void Complete()
    {
        try
        {
            lease.Output.Complete();
            lease.Input.Complete();
        }
        catch (SocketFailedException failed)
        {
            crew.Note($"{owner.Path.Name} cannot complete: {failed.Code}: {book}");
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                await _mayRead.Opened;
                var read = await lease.Input.ReadAsync();
                var start = Check(read);
                if (!crew.IsFinishing && crew.OneIn(8)) _mayGoOn.Close();
                if (!_mayGoOn.Opened.IsCompleted) crew.Ledger.HasTorn = true;
                await _mayGoOn.Opened;
                var all = read.Buffer.Length;
                var count = read.IsCompleted || crew.IsFinishing || crew.OneIn(2) ? all : crew.Draws.Below(all + 1);
                await AdvanceAsync(read.Buffer.GetPosition(count), read.Buffer.End, start + count);
                if (read.IsCompleted) break;
                if (!crew.IsFinishing && crew.OneIn(4)) _mayRead.Close();
            }

            book.CheckEnd(book.Consumed);
            SawEnd = true;
            if (crew.IsFinishing) Complete();
        }
        catch (SocketFailedException failed)
        {
            crew.Note($"{owner.Path.Name} reads {failed.Code}: {book}");
        }
    }

    private long Check(ReadResult read)
    {
        book.Used(owner, lease.Epoch, "read");
        var start = lease.ConsumedPosition;
        // A read that ends finds that the splice is over, perhaps before the owner hears of it.
        book.Splice?.Found(book, start, lease.WrittenPosition);
        if (start != book.Consumed && !book.IsClosed)
            crew.Ledger.Violate($"{owner.Path.Name} reads byte {start} where {book.Consumed} was due: {book}");
        if (Pattern.Difference(book.Line!.ToSocket, start, read.Buffer) is { } at)
            crew.Ledger.Violate($"{owner.Path.Name} read another byte than byte {at} is: {book}");
        return start;
    }

    // Sometimes with an answer, in one step.
    private async ValueTask AdvanceAsync(SequencePosition consumed, SequencePosition examined, long position)
    {
        if (_writing.IsCompleted && crew.OneIn(3) && TryAdd(1 + crew.Below(100)))
        {
            var commit = lease.CommitAsync(consumed, examined);
            Advanced(position, "committed");
            _writing = AwaitAsync(commit);
            await _writing;
            return;
        }

        lease.Input.AdvanceTo(consumed, examined);
        Advanced(position, "consumed");
    }

    private void Advanced(long position, string how)
    {
        book.Used(owner, lease.Epoch, how);
        book.Consume(position);
        Consumed = position;
        book.Written = Math.Max(book.Written, lease.WrittenPosition);
    }

    // False where nothing can be sent any more: what was read is consumed all the same.
    private bool TryAdd(int count)
    {
        try
        {
            var position = lease.WrittenPosition + lease.Output.UnflushedBytes;
            Pattern.Bytes(book.Line!.ToPeer, position, count).CopyTo(lease.Output.GetMemory(count));
            lease.Output.Advance(count);
            return true;
        }
        catch (SocketFailedException)
        {
            return false;
        }
    }

    private async Task AwaitAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            await flush;
        }
        catch (SocketFailedException failed)
        {
            crew.Note($"{owner.Path.Name} waited for room: {failed.Code}: {book}");
        }
    }
}
