using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Depositing;
using Handoff.Transport.Handles.Passing;

namespace Handoff.TwoProcess.Tests.Host;

// Goes on with what a dead process left at the keeper, or with what a live one gives.
internal static class AdoptingSide
{
    public static async Task<int> RunAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var client = await DepositingSide.ConnectAsync(engine, settings);
        List<Task> served = [];
        Adopted adopted;
        do
        {
            adopted = await client.AdoptAsync(id: 1, HostSettings.Name);
            foreach (var (name, socket) in adopted.Sockets)
            {
                HostSettings.Say($"has {name}");
                served.Add(socket.Facts.Kind is HandleKind.Listener
                    ? Echo.ServeAsync(engine.AdoptListener(socket.Descriptor).Socket!)
                    : Echo.ServeAsync(engine.Adopt(socket.Descriptor).Socket!));
            }
        }
        while (adopted.Sockets.Count > 0);
        HostSettings.Say($"adopted {served.Count} {adopted.Result.Code}");
        await Task.WhenAll(served);
        return 0;
    }

    public static async Task<int> TakeOneAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var listener = engine.ListenRecords(settings.Heir, 1).Socket!;
        HostSettings.Say("ready");
        var accepted = (await listener.AcceptAsync(default)).Socket!;
        var control = ControlSocket.Adopt(engine, accepted, settings.Options, PeerRule.SameUser).Socket!;
        using var channel = new FrameChannel(control, settings.Options);
        var (offer, result) = await Taker.NextOfferAsync(channel, settings.Options.AnswerTimeout, default);
        if (offer is null)
        {
            HostSettings.Say($"outcome {result.Code}");
            return 0;
        }

        await using var port = new TakerPort(channel, offer, new WantsAnything());
        var taken = await Taker.RunAsync(new FaultyTaker(port, settings.Fault));
        HostSettings.Say($"outcome {taken.Outcome}");
        if (port.Taken is [var socket]) await Echo.ServeAsync(engine.Adopt(socket.Descriptor).Socket!);
        return 0;
    }
}
