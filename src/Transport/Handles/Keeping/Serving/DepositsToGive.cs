using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Keeping.Serving;

// Deposits whose tokens the keeper has, on their way to an adopter. They stand still already, and whether they are
// closed is their own table's affair.
internal sealed class DepositsToGive(IReadOnlyList<Deposit> deposits) : IConsignment
{
    public HandleCapabilities Needs =>
        deposits.Aggregate(HandleCapabilities.Batches, (needs, deposit) => needs | NeedsOf(deposit.Facts));

    public string Label => "kept";

    public IReadOnlyList<SocketFacts> Facts { get; } = [.. deposits.Select(deposit => deposit.Facts)];

    public ValueTask<Quiesced> QuiesceAsync(CancellationToken cancellationToken) => new(new Quiesced(
        [.. deposits.Select(deposit => new QuiescedSocket(deposit.Socket, deposit.Baggage))], SocketResult.Success));

    public void Resume()
    {
    }

    public void Close()
    {
    }

    private static HandleCapabilities NeedsOf(SocketFacts facts)
    {
        var needs = facts.Kind switch
        {
            HandleKind.Listener => HandleCapabilities.Listeners,
            HandleKind.Datagram => HandleCapabilities.Datagrams,
            HandleKind.Records => HandleCapabilities.Records,
            HandleKind.RecordListener => HandleCapabilities.Records | HandleCapabilities.Listeners,
            _ => HandleCapabilities.Streams,
        };
        return facts.Attachment is null ? needs : needs | HandleCapabilities.Attachments;
    }
}
