using System.Reflection;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Action = Handoff.Transport.Ownership.OwnershipAction<Akka.Actor.IActorRef>;
using Event = Handoff.Transport.Ownership.OwnershipEvent<Akka.Actor.IActorRef>;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Campaign.Tests.Mutants;

// Defects that the campaign has to find. Each stands before the real table and breaks one of its guards.
internal static class Mutant
{
    private static readonly PropertyInfo PushBack = typeof(Release).GetProperty(nameof(Release.PushBack))!;

    public static readonly IReadOnlyDictionary<string, Func<Deciding, Deciding>> All =
        new Dictionary<string, Func<Deciding, Deciding>>
        {
            ["a stale acquire is accepted"] = StaleAcquire,
            ["an offer has two outcomes"] = TwoOutcomes,
            ["delivery goes on before the revert"] = EarlyResume,
            ["what was pushed back is lost"] = LostPushBack,
            ["the wrong owner consumes"] = StrangersConsumed,
        };

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
}
