using System.Text;
using Handoff.Transport;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.TestKit.Parties;

// As LeaseUse, of a datagram socket.
internal sealed class MessageUse(Party party, long socket)
{
    private Holding Holding => party.Of(socket);

    private MessageLease Lease => Holding.Messages
        ?? throw new StoryException($"{party.Name} has no lease of {party.Stage.LabelOf(socket)}");

    // Consumes as many of the messages as are there.
    public int Read(int most)
    {
        for (var taken = 0; taken < most; taken++)
        {
            var position = Lease.ConsumedPosition;
            if (!Lease.TryRead(out var message)) return taken;
            if (!message.IsOpen)
            {
                party.WasRefused(socket, message.Code);
                return taken;
            }

            See(position, message);
            Lease.Consume();
            party.Stage.Watch.MessagesOf(socket)?.ConsumedByLease(position + 1);
        }

        return most;
    }

    public async Task SendAsync(byte[] bytes, System.Net.EndPoint to)
    {
        var sent = await Lease.SendAsync(bytes, to).ConfigureAwait(false);
        if (!sent.IsSuccess) party.WasRefused(socket, sent.Code);
    }

    private void See(long position, MessageResult message)
    {
        if (message.Kind is MessageKind.Failure)
            throw new StoryException($"nobody received what {party.Name} sent: {message.Code}");
        var sender = party.Stage.SenderAt(message.Facts.Address);
        party.Stage.Watch.Ownership.Used(party.Ref, Holding.Handle!);
        party.Stage.Watch.MessagesOf(socket)?.Reads(position, sender, message.Bytes.Span);
        Holding.MessagesRead.Add((sender, Encoding.UTF8.GetString(message.Bytes.Span)));
    }
}
