using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Deposits;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Handles.Keeping.Serving;

// The copy of one socket, the token that tells whose it is, and what goes with it.
internal sealed class Deposit(
    ulong id, string name, SocketFacts facts, SocketBaggage baggage, TakeOnceToken token, SocketDescriptor socket)
{
    private TakeOnceToken _token = token;
    private (SocketBaggage Baggage, TakeOnceToken Token)? _next;

    // Its depositor's.
    public ulong Id => id;

    // The keeper's.
    public ulong Number { get; set; }

    public string Name => name;

    public SocketFacts Facts => facts;

    public SocketBaggage Baggage { get; private set; } = baggage;

    public SocketDescriptor Socket => socket;

    // Bytes that it takes of an offer, at most.
    public long OfferSize => SizeOf(facts);

    // Bytes that go with it.
    public long Size => OfferSize + Baggage.Size;

    public DepositState State { get; set; } = DepositTable.Start();

    public bool IsOver => State is DepositState.Over;

    public bool HasEnded => SharedEnding.IsOver(socket);

    public static long SizeOf(SocketFacts facts) =>
        FrameBounds.LargestFacts + (facts.Attachment?.Bytes.Length ?? 0);

    // What an update brought, until the effect of it puts it in the place of the old.
    public void Bring(SocketBaggage next, TakeOnceToken token) => _next = (next, token);

    public void ReplaceToken()
    {
        var (next, fresh) = _next!.Value;
        _next = null;
        _token.Dispose();
        (Baggage, _token) = (next, fresh);
    }

    public DepositEvent TakeToken() => _token.Take() switch
    {
        ResultCode.EESUCCESS => new DepositEvent.TokenTaken(),
        ResultCode.EEWOULDBLOCK => new DepositEvent.TokenGone(),
        _ => new DepositEvent.TokenBroken(),
    };

    // A listener may be somebody else's too, who never deposited it; it is only closed.
    public void End()
    {
        if (facts.Kind is HandleKind.Stream or HandleKind.Records) SharedEnding.Finish(socket);
        Close();
    }

    public void Close()
    {
        socket.Dispose();
        _token.Dispose();
    }

    public override string ToString() => $"{facts.Kind} '{name}' {facts.Local} <- {facts.Remote}";
}
