using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Depositing;

namespace Handoff.Processes;

// What the keeper gave for one AdoptKept, on its way to owners here.
internal sealed class KeptArrivals(
    AdoptKept command, IActorRef asker, SocketResult result, Landings landings, AttachmentCodec attachments)
{
    private int _open;
    private int _acquired;
    private int _closed;

    public async Task<Answered> OfferAsync(AdoptedSocket adopted, Place place, IActorContext context, TimeSpan within)
    {
        var move = new Arriving([place], from: null, within);
        context.ActorOf(ArrivingActor.Props(move, command.Target, landings, within));
        return new Answered(this, move, adopted, place.Facts.Id, await move.AnswerAsync().ConfigureAwait(false));
    }

    // Null, and it is closed, where it is of no use here.
    public Place? PlaceOf(AdoptedSocket adopted)
    {
        var facts = adopted.Socket.Facts;
        if (facts.Kind is HandleKind.Stream or HandleKind.Listener && Baggage.Nonsense(adopted.Socket.Baggage) is null)
        {
            var here = WireFacts.ToActors(facts, landings.NextId());
            if (facts.Attachment is not { } encoded) return PlaceOf(here, null);
            var (attachment, _) = attachments.TryDecode(encoded.Kind, encoded.Bytes);
            if (attachment is not null) return PlaceOf(here, attachment);
        }

        Close(adopted.Socket);
        return null;

        Place PlaceOf(Messages.SocketFacts here, object? attachment) => new(here, attachment)
        {
            IsDurable = command.DurableReads, Copy = adopted.StoredAs is null ? Copy.None : Copy.Stored,
        };
    }

    public void Begin(int sockets, IActorRef self)
    {
        _open = sockets;
        TellIfOver(self);
    }

    public void On(Answered answered, IActorRef self)
    {
        _open--;
        if (answered.Result.IsSuccess)
        {
            _acquired++;
            answered.Move.End(answered.Result, [AsLeft(answered.Adopted.Socket)]);
        }
        else
        {
            Close(answered.Adopted.Socket);
            answered.Move.End(answered.Result, []);
        }

        TellIfOver(self);
    }

    private void TellIfOver(IActorRef self)
    {
        if (_open == 0) asker.Tell(new KeptAdopted(command, _acquired, _closed, result), self);
    }

    private void Close(TakenSocket socket)
    {
        _closed++;
        if (socket.Facts.Kind is HandleKind.Stream or HandleKind.Records) _ = SharedEnding.Finish(socket.Descriptor);
        socket.Descriptor.Dispose();
    }

    // Where it was in use when its owner was killed only the system knows how far that one was; where it had stopped
    // for a move it is told.
    private static TakenSocket AsLeft(TakenSocket socket)
    {
        if (socket.Facts.Kind is not HandleKind.Stream || !KeeperLink.IsLive(socket.Baggage)) return socket;
        var number = socket.Descriptor.Number;
        var (consumed, written) = KernelPositions.Of(number);
        var ends = KernelPositions.HasSentEnd(number) ? SocketEnds.Output : SocketEnds.None;
        return socket with { Baggage = new SocketBaggage(consumed, written, ends, [], []) };
    }

    public sealed record Answered(
        KeptArrivals Of, Arriving Move, AdoptedSocket Adopted, long Id, SocketResult Result);
}
