using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Event = Handoff.Transport.Ownership.OwnershipEvent<Akka.Actor.IActorRef>;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// The part of names that other processes find: each is a file, which takes its time. Until that is held nothing has
// begun, so that nothing is to be undone where it fails.
internal sealed partial class Custody
{
    private static readonly SocketResult NoHost =
        new(ResultCode.EEMODENOTSUPP, "Give: only the Linux engine passes descriptors");

    private static readonly SocketResult IsHolding =
        new(ResultCode.EEBUSY, "Give: another of this socket waits for its name's file");

    private Holding? _holding;

    private bool IsOnHost(Give give) => (give.Scope ?? rules.Settings.GiveScope) is NameScope.Host;

    // False where there is no file to be had.
    private bool HoldsFirst(Event what, object command)
    {
        if (command is not Give give || what is not Event.Give giving || !IsOnHost(give)) return false;
        if (Tied.By(owned.Facts()) is { } tied)
        {
            Refuse(give, tied);
        }
        else if (rules.Names.Host is not { } host)
        {
            Refuse(give, NoHost);
        }
        else if (_holding is not null)
        {
            Refuse(give, IsHolding);
        }
        else if (rules.Names.Reserve(giving.Name, out var seat) is { } taken)
        {
            Refuse(give, taken);
        }
        else
        {
            var holding = _holding = new Holding(give, giving, AnswerTo());
            HoldAsync(host, holding, seat).PipeTo(_self, Sender, failure: gone => new Notice.NameHeld(
                holding, new SocketResult(ResultCode.EEABORTED, $"Give: {gone.Message}")));
        }

        return true;
    }

    private async Task<Notice> HoldAsync(IHostNames host, Holding holding, NameTable.Seat seat)
    {
        var name = holding.What.Name;
        var (file, result) = await host.HoldAsync(holding.Give, name, holding.Ended).ConfigureAwait(false);
        if (file is not null && !rules.Names.TryKeep(name, seat, file)) file.Dispose();
        return new Notice.NameHeld(holding, result);
    }

    // The socket may be on offer, another's or closed by now.
    private void OnNameHeld(Notice.NameHeld held)
    {
        if (_holding is not { } holding || holding != held.Holding) return;
        _holding = null;
        var (give, what) = (holding.Give, holding.What);
        if ((held.Result.IsSuccess ? Tied.By(owned.Facts()) : held.Result) is { } obstacle)
        {
            rules.Names.Free(what.Name);
            Refuse(give, obstacle);
            return;
        }

        var step = rules.Deciding(id, State, what, give);
        if (step.Refusal is { } refusal) Refuse(give, new SocketResult(refusal.Code, refusal.Reason));
        else Commit(step, give, Incoming.Of(give, AnswerTo(), rules.Settings) with { IsNamed = true });
        if (State is not State.Given || _offer?.Release != give) rules.Names.Free(what.Name);
    }

    private void EndHolding(SocketResult why)
    {
        if (_holding is not { } holding) return;
        _holding = null;
        holding.End();
        rules.Names.Free(holding.What.Name);
        holding.Asker.Tell(Refusals.Of(_self, Hearer.MayHear(holding.Asker, holding.Give), why), _self);
    }
}
