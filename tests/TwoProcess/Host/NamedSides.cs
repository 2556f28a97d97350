using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Handles.Rendezvous;

namespace Handoff.TwoProcess.Tests.Host;

// One process gives a live connection under a name, and another, which waits for the name, gets it.
internal static class NamedSides
{
    private const int EnoughConsumed = 500_000;

    public static async Task<int> GiveAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var place = new NamePlace(settings.Runtime, settings.Options);
        var accepted = await GivingSide.AcceptAsync(engine, 1);
        var conversation = new Conversation(engine, settings.DialogueOf(0), settings.Consumed(0))
        {
            MostConsumed = EnoughConsumed,
        };
        conversation.Begin(accepted[0]);
        await conversation.IsWellUnderWay;
        var (listener, result) = ControlListener.Listen(engine, place.Control, place.Options, PeerRule.SameUser);
        if (listener is null) throw new InvalidOperationException(result.ToString());
        await using (listener)
        {
            using var held = (await place.GiveAsync()).Held!;
            using var peer = (await listener.AcceptAsync(default)).Socket!;
            var claim = (Frame.Claim)peer.First;
            HostSettings.Say($"claimed {claim.Name}");
            var moved = await Giver.GiveAsync(
                peer.Channel, claim.Id, new Conversations([conversation]), default);
            HostSettings.Say($"outcome {moved.Outcome}");
            return moved.Outcome is MoveOutcome.Moved ? 0 : 1;
        }
    }

    public static async Task<int> GetAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var place = new NamePlace(settings.Runtime, settings.Options);
        using var getter = new NameGetter(engine, place.Names, place.Options, PeerRule.SameUser);
        var (nothing, none) = await getter.GetAsync(NamePlace.Name, within: null, default);
        nothing?.Dispose();
        HostSettings.Say($"finds {none.Code}");
        var getting = getter.GetAsync(NamePlace.Name, TimeSpan.FromSeconds(60), default).AsTask();
        HostSettings.Say("ready");
        var (claimed, result) = await getting;
        if (claimed is null) throw new InvalidOperationException(result.ToString());
        using (claimed)
        {
            var (moved, sockets) = await Taker.TakeAsync(claimed.Channel, claimed.Offer, new WantsAnything());
            HostSettings.Say($"outcome {moved.Outcome}");
            if (sockets is not [var (descriptor, _, baggage)]) return 1;
            var conversation = new Conversation(engine, settings.DialogueOf(0), settings.Consumed(0));
            conversation.Begin(engine.Adopt(descriptor).Socket!, baggage);
            HostSettings.Say($"served {await conversation.EndAsync()}");
            return 0;
        }
    }
}
