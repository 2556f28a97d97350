using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;

namespace Handoff.TwoProcess.Tests.Host;

// Takes what the first process that connects offers, and serves it to its end.
internal static class TakingSide
{
    public static async Task<int> RunAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var listener = engine.ListenRecords(settings.Control, 1).Socket!;
        HostSettings.Say("ready");
        var accepted = (await listener.AcceptAsync(default)).Socket!;
        var control = ControlSocket.Adopt(engine, accepted, settings.Options, settings.Rule).Socket!;
        using var channel = new FrameChannel(control, settings.Options);
        var (offer, result) = await Taker.NextOfferAsync(channel, settings.Options.AnswerTimeout, default);
        if (offer is null)
        {
            HostSettings.Say($"nothing {result.Code}");
            return 0;
        }

        await using var port = new TakerPort(channel, offer, new WantsAnything());
        var taken = await Taker.RunAsync(new FaultyTaker(port, settings.Fault));
        if (taken.Outcome is MoveOutcome.Moved)
        {
            var (descriptor, _, baggage) = port.Taken[0];
            HostSettings.Say($"baggage {baggage.Unread[0].Bytes.Length} {baggage.Unsent[0].Bytes.Length}");
            var conversation = new Conversation(engine, settings.DialogueOf(0), settings.Consumed(0));
            conversation.Begin(engine.Adopt(descriptor).Socket!, baggage);
            HostSettings.Say($"outcome {taken.Outcome}");
            HostSettings.Say($"served {await conversation.EndAsync()}");
            return 0;
        }

        HostSettings.Say($"outcome {taken.Outcome}");
        return 0;
    }
}
