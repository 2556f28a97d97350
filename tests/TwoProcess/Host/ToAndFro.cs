using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;

namespace Handoff.TwoProcess.Tests.Host;

// Connections go from the near side to the far one and back, again and again, while bytes flow both ways.
internal static class ToAndFro
{
    private const int WarmUp = 20;

    public static async Task<int> NearAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        var sockets = await GivingSide.AcceptAsync(engine, settings.Connections);
        var control = (await ControlSocket.ConnectAsync(
            engine, settings.Control, settings.Options, PeerRule.SameUser, default)).Socket!;
        using var channel = new FrameChannel(control, settings.Options);
        var all = Paced(engine, settings);
        for (var i = 0; i < all.Length; i++) all[i].Begin(sockets[i]);
        var (before, underTraffic) = (0, 0);
        for (var round = 1; round <= settings.Rounds; round++)
        {
            if (round == WarmUp) before = OpenDescriptors.Count;
            await GiveAsync(channel, (ulong)round, all);
            underTraffic = all.Count(one => one.IsUnderTraffic);
            var isLast = round == settings.Rounds && !settings.HasLastOffer;
            all = await TakeAsync(engine, channel, isLast ? Endless(engine, settings) : Paced(engine, settings))
                ?? throw new InvalidOperationException($"The far side did not give them back in round {round}.");
        }

        if (settings.HasLastOffer)
        {
            var result = await Giver.GiveAsync(channel, (ulong)settings.Rounds + 1, new Conversations(all), default);
            HostSettings.Say($"outcome {result.Outcome}");
            HostSettings.Say($"why {result.Why.Code}");
            if (result.Outcome is MoveOutcome.Moved) return 1;
            foreach (var one in all) one.GoOn((await one.StopAsync()).Descriptor);
        }

        var leaked = settings.Rounds < WarmUp ? 0 : OpenDescriptors.Count - before;
        var codes = await Task.WhenAll(all.Select(one => one.EndAsync()));
        HostSettings.Say($"served {string.Join(' ', codes.Distinct())}");
        HostSettings.Say($"under-traffic {underTraffic}");
        return Math.Max(0, leaked);
    }

    public static async Task<int> FarAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var listener = engine.ListenRecords(settings.Control, 1).Socket!;
        HostSettings.Say("ready");
        var accepted = (await listener.AcceptAsync(default)).Socket!;
        var control = ControlSocket.Adopt(engine, accepted, settings.Options, PeerRule.SameUser).Socket!;
        using var channel = new FrameChannel(control, settings.Options);
        for (var round = 1; round <= settings.Rounds; round++)
        {
            var all = await TakeAsync(engine, channel, Paced(engine, settings))
                ?? throw new InvalidOperationException($"Nothing was given in round {round}.");
            await GiveAsync(channel, (ulong)round, all);
        }

        return await RefuseAsync(engine, channel, settings);
    }

    // Until the near side is gone; whether what was refused left anything open.
    private static async Task<int> RefuseAsync(LinuxEngine engine, FrameChannel channel, HostSettings settings)
    {
        var before = OpenDescriptors.Count;
        using (settings.FreeDescriptors is { } free ? DescriptorLimit.Leaving(free) : null)
        {
            while (await Taker.NextOfferAsync(channel, channel.Options.AnswerTimeout, default) is { Offer: { } offer })
            {
                var taken = await Taker.TakeAsync(channel, offer, new WantsAnything());
                HostSettings.Say($"refused {taken.Result.Why.Code}");
            }
        }

        GC.KeepAlive(engine);
        return Math.Max(0, OpenDescriptors.Count - before);
    }

    // So much at each place that there is traffic to the last round.
    private static Conversation[] Paced(LinuxEngine engine, HostSettings settings)
    {
        var all = Endless(engine, settings);
        foreach (var one in all)
        {
            one.MostConsumed = settings.BytesEachTime;
            one.MostAccepted = settings.BytesEachTime;
        }

        return all;
    }

    private static Conversation[] Endless(LinuxEngine engine, HostSettings settings) =>
    [
        .. Enumerable.Range(0, settings.Connections)
            .Select(i => new Conversation(engine, settings.DialogueOf(i), settings.Consumed(i))),
    ];

    private static async Task GiveAsync(FrameChannel channel, ulong id, Conversation[] all)
    {
        var given = await Giver.GiveAsync(channel, id, new Conversations(all), default);
        if (given.Outcome is not MoveOutcome.Moved) throw new InvalidOperationException($"{id}: {given}");
    }

    // Null once nothing is offered any more.
    private static async Task<Conversation[]?> TakeAsync(
        LinuxEngine engine, FrameChannel channel, Conversation[] all)
    {
        var (offer, _) = await Taker.NextOfferAsync(channel, channel.Options.AnswerTimeout, default);
        if (offer is null) return null;
        var taken = await Taker.TakeAsync(channel, offer, new WantsAnything());
        if (taken.Sockets.Count != all.Length) throw new InvalidOperationException($"{taken.Result}");
        for (var i = 0; i < all.Length; i++)
        {
            var (descriptor, _, baggage) = taken.Sockets[i];
            all[i].Begin(engine.Adopt(descriptor).Socket!, baggage);
        }

        return all;
    }
}
