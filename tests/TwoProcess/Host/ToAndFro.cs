using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;

namespace Handoff.TwoProcess.Tests.Host;

// One connection goes from the near side to the far one and back, again and again, while bytes flow both ways.
internal static class ToAndFro
{
    private const int Rounds = 250;
    private const int WarmUp = 20;

    // So that there is traffic to the last round.
    private const int BytesEachTime = 5_000;

    public static async Task<int> NearAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        var socket = await GivingSide.AcceptOneAsync(engine);
        var control = (await ControlSocket.ConnectAsync(
            engine, settings.Control, settings.Options, PeerRule.SameUser, default)).Socket!;
        using var channel = new FrameChannel(control, settings.Options);
        var conversation = Paced(engine, settings);
        conversation.Begin(socket);
        var before = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            if (round == WarmUp) before = Directory.GetFiles("/proc/self/fd").Length;
            await GiveAsync(channel, (ulong)round, conversation, socket);
            var next = round < Rounds ? Paced(engine, settings) : new Conversation(engine, settings.Consumed);
            (conversation, socket) = await TakeAsync(engine, channel, next)
                ?? throw new InvalidOperationException($"The far side did not give it back in round {round}.");
        }

        var leaked = Directory.GetFiles("/proc/self/fd").Length - before;
        HostSettings.Say($"served {await conversation.EndAsync()}");
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
        var round = 0UL;
        while (await TakeAsync(engine, channel, Paced(engine, settings)) is var (conversation, socket))
            await GiveAsync(channel, ++round, conversation, socket);
        return 0;
    }

    private static Conversation Paced(LinuxEngine engine, HostSettings settings) =>
        new(engine, settings.Consumed) { MostConsumed = BytesEachTime, MostAccepted = BytesEachTime };

    private static async Task GiveAsync(
        FrameChannel channel, ulong id, Conversation conversation, IStreamSocket socket)
    {
        var given = await Giver.GiveAsync(channel, id, new OneConversation(conversation, socket), default);
        if (given.Outcome is not MoveOutcome.Moved) throw new InvalidOperationException($"{id}: {given}");
    }

    // Null once nothing is offered any more.
    private static async Task<(Conversation Conversation, IStreamSocket Socket)?> TakeAsync(
        LinuxEngine engine, FrameChannel channel, Conversation conversation)
    {
        var (offer, _) = await Taker.NextOfferAsync(channel, channel.Options.AnswerTimeout, default);
        if (offer is null) return null;
        var taken = await Taker.TakeAsync(channel, offer, new WantsAnything());
        if (taken.Sockets is not [var (descriptor, _, baggage)])
            throw new InvalidOperationException($"{taken.Result}");
        var socket = engine.Adopt(descriptor).Socket!;
        conversation.Begin(socket, baggage);
        return (conversation, socket);
    }
}
