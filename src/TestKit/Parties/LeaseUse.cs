using System.Buffers;
using System.IO.Pipelines;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.TestKit.Parties;

// A party reads and writes by its lease, inside its actor; the checks see each use. What the lease refuses is noted
// as a refusal.
internal sealed class LeaseUse(Party party, long socket)
{
    private Holding Holding => party.Of(socket);

    private SocketLease Lease => Holding.Lease ?? throw new StoryException($"{party.Name} has no lease of {Label}");

    private string Label => party.Stage.LabelOf(socket);

    // Consumes as much of it as is there; null: of all that is there.
    public int Read(int? most)
    {
        var taken = 0;
        Guard(lease =>
        {
            var position = lease.ConsumedPosition;
            if (!lease.Input.TryRead(out var read)) return;
            See(position, read);
            taken = (int)Math.Min(read.Buffer.Length, most ?? long.MaxValue);
            Consume(lease, read, taken);
        });
        return taken;
    }

    // Looks and leaves the result open.
    public void Examine() => Guard(lease =>
    {
        var position = lease.ConsumedPosition;
        if (!lease.Input.TryRead(out var read)) throw new StoryException($"nothing is there to read of {Label}");
        See(position, read);
        Holding.Open = read;
    });

    public void Advance(int consumed) => Guard(lease =>
    {
        var read = Holding.Open ?? throw new StoryException($"{party.Name} has no read result of {Label} open");
        Consume(lease, read, consumed);
        Holding.Open = null;
    });

    public void Write(byte[] bytes) => Guard(lease =>
    {
        var position = lease.WrittenPosition;
        var flush = lease.Output.WriteAsync(bytes);
        party.Stage.Watch.Ownership.Used(party.Ref, Holding.Handle!);
        party.Stage.Watch.BytesOf(socket)?.Out.Accept(position, bytes);
        Holding.Flushing = FlushedAsync(flush, position + bytes.Length);
    });

    public void WriteUnflushed(byte[] bytes) => Guard(lease => lease.Output.Write(bytes));

    public void Complete() => Guard(lease => lease.Output.Complete());

    private void Consume(SocketLease lease, ReadResult read, int bytes)
    {
        foreach (var part in read.Buffer.Slice(0, bytes)) Holding.AddRead(part.Span);
        lease.Input.AdvanceTo(read.Buffer.GetPosition(bytes));
        party.Stage.Watch.BytesOf(socket)?.In.ConsumedByLease(bytes);
    }

    private void See(long position, ReadResult read)
    {
        party.Stage.Watch.Ownership.Used(party.Ref, Holding.Handle!);
        party.Stage.Watch.BytesOf(socket)?.In.Read(position, read.Buffer, read.IsCompleted);
        Holding.SawEnd |= read.IsCompleted;
    }

    private void Guard(Action<SocketLease> use)
    {
        try
        {
            use(Lease);
        }
        catch (SocketFailedException refused)
        {
            party.WasRefused(socket, refused.Code);
        }
    }

    private async Task FlushedAsync(ValueTask<FlushResult> flush, long position)
    {
        try
        {
            await flush.ConfigureAwait(false);
            party.Stage.Watch.BytesOf(socket)?.Out.Flushed(position);
        }
        catch (SocketFailedException refused)
        {
            party.WasRefused(socket, refused.Code);
        }
    }
}
