using System.IO.Pipelines;
using System.Text;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Sockets;

namespace Handoff.AspNetCore.Tests.Setup;

// Takes connections over and sends back what comes, in capitals, with what it was offered with before it.
internal sealed class Taker : ReceiveActor
{
    private readonly Dictionary<long, object?> _attachments = [];

    // Each ends with its connection.
    private Task Last { get; set; } = Task.CompletedTask;

    public Taker()
    {
        Receive<Offered>(offered =>
        {
            _attachments[offered.Offer.Id] = offered.Attachment;
            offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self));
        });
        Receive<Acquired>(acquired => Last = ShoutAsync(acquired.Lease!, $"{_attachments[acquired.Handle.Id]}:"));
        ReceiveAny(_ => { });
    }

    private static async Task ShoutAsync(SocketLease lease, string before)
    {
        await lease.Output.WriteAsync(Encoding.UTF8.GetBytes(before));
        ReadResult read;
        do
        {
            read = await lease.Input.ReadAsync();
            foreach (var part in read.Buffer)
            {
                var text = Encoding.UTF8.GetString(part.Span).ToUpperInvariant();
                await lease.Output.WriteAsync(Encoding.UTF8.GetBytes(text));
            }

            lease.Input.AdvanceTo(read.Buffer.End);
        }
        while (!read.IsCompleted);
        await lease.Output.CompleteAsync();
        await lease.Input.CompleteAsync();
    }
}
