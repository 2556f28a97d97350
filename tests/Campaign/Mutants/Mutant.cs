using System.Reflection;
using Akka.Actor;
using Handoff.Campaign.Tests.Running;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Action = Handoff.Transport.Ownership.OwnershipAction<Akka.Actor.IActorRef>;
using Event = Handoff.Transport.Ownership.OwnershipEvent<Akka.Actor.IActorRef>;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Campaign.Tests.Mutants;

// Defects that the campaign has to find. Each stands before a part of the product, most of them before the ownership
// table, and breaks one of its guards.
internal static class Mutant
{
    private static readonly PropertyInfo PushBack = typeof(Release).GetProperty(nameof(Release.PushBack))!;

    public static readonly IReadOnlyDictionary<string, Func<Defect>> All =
        new Dictionary<string, Func<Defect>>
        {
            ["a stale acquire is accepted"] = () => Of(StaleAcquire),
            ["an offer has two outcomes"] = () => Of(TwoOutcomes),
            ["delivery goes on before the revert"] = () => Of(EarlyResume),
            ["what was pushed back is lost"] = () => Of(LostPushBack),
            ["the wrong owner consumes"] = () => Of(StrangersConsumed),
            ["a loan does not return"] = () => Of(EndlessLoan),
            ["whoever declined stays watched"] = () => Of(WatchedForEver),
            ["an offer that was declined stays in the quota"] = () => new Defect { Table = LostQuota },
            ["a splice loses its tail"] = LostTail,
            ["what a filter has looked at is lost"] = () => new Defect { Filter = filter => new EatingFilter(filter) },
            ["a datagram loses its sender"] = () =>
                new Defect { Datagrams = network => new NamelessDatagrams(network) },
        };

    private static Defect Of(Func<Deciding, Deciding> mutant) => new() { Table = (table, _) => mutant(table) };

    // Whoever was offered the socket once may have it for good.
    private static Deciding StaleAcquire(Deciding table) => (socket, state, what, command) =>
    {
        var step = table(socket, state, what, command);
        if (what is not Event.Acquire acquire || step.Refusal?.Code is not ResultCode.EESOCKNOTRLSD) return step;
        return state switch
        {
            State.Held held => new Transition<IActorRef>(
                new State.Held(acquire.By, acquire.Heir, held.Epoch + 1, held.Offers),
                [
                    new Action.Watch(acquire.By),
                    new Action.Unwatch(held.Owner),
                    new Action.Admit(acquire.By, held.Epoch + 1),
                ]),
            State.Offered offered => table(
                socket, state, acquire with { Claim = new Claim(offered.Offers, Genuine: true) }, command),
            _ => step,
        };
    };

    // The winner is told that it lost, too.
    private static Deciding TwoOutcomes(Deciding table) => (socket, state, what, command) =>
    {
        var step = table(socket, state, what, command);
        if (what is not Event.Acquire acquire || step.Refusal is not null) return step;
        var lost = new Action.Withdraw(acquire.By, state.Offers, OfferOutcome.Lost);
        return step with { Actions = step.Actions.Then(lost) };
    };

    private static Deciding EarlyResume(Deciding table) => (socket, state, what, command) =>
    {
        var step = table(socket, state, what, command);
        return what is Event.Release && step.Refusal is null
            ? step with { Actions = step.Actions.Then(Action.Resume.Instance) }
            : step;
    };

    private static Deciding LostPushBack(Deciding table) => (socket, state, what, command) =>
    {
        if (command is Release { PushBack.IsEmpty: false } release)
            PushBack.SetValue(release, ReadOnlyMemory<byte>.Empty);
        return table(socket, state, what, command);
    };

    private static Deciding StrangersConsumed(Deciding table) => (socket, state, what, command) =>
    {
        var step = table(socket, state, what, command);
        return command is Consumed && state is State.Held && step.Refusal?.Code is ResultCode.EESECURITY
            ? new Transition<IActorRef>(state, [])
            : step;
    };

    private static Deciding EndlessLoan(Deciding table) => (socket, state, what, command) =>
        what is Event.LoanOver ? new Transition<IActorRef>(state, []) : table(socket, state, what, command);

    private static Deciding WatchedForEver(Deciding table) => (socket, state, what, command) =>
    {
        var step = table(socket, state, what, command);
        return what is Event.Decline && step.Refusal is null
            ? step with { Actions = [.. step.Actions.Where(action => action is not Action.Unwatch)] }
            : step;
    };

    private static Deciding LostQuota(Deciding table, OpenOffers offers) => (socket, state, what, command) =>
    {
        var step = table(socket, state, what, command);
        if (what is Event.Decline decline && state is State.Offered offered && step.Refusal is null)
            offers.Open(offered.Owner, [decline.By]);
        return step;
    };

    // What goes out once somebody splices is held up by a byte, and the FIN does not wait for it.
    private static Defect LostTail()
    {
        var isOn = false;
        return new Defect
        {
            Table = (table, _) => (socket, state, what, command) =>
            {
                isOn |= command is Splice;
                return table(socket, state, what, command);
            },
            Streams = network => new TaillessStreams(network, () => isOn),
        };
    }
}
