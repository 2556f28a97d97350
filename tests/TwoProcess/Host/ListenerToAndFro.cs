using System.Net;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;

namespace Handoff.TwoProcess.Tests.Host;

// A listener goes from the near side to the far one and back, again and again; each time somebody connects to it.
internal static class ListenerToAndFro
{
    private const int Backlog = 512;

    public static async Task<int> NearAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        var control = (await ControlSocket.ConnectAsync(
            engine, settings.Control, settings.Options, PeerRule.SameUser, default)).Socket!;
        using var channel = new FrameChannel(control, settings.Options);
        var before = OpenDescriptors.Count;
        var listener = engine.Listen(new IPEndPoint(IPAddress.Loopback, 0), Backlog).Socket!;
        var desk = new Desk(engine);
        desk.Open(listener);
        HostSettings.Say($"port {((IPEndPoint)listener.LocalEndPoint).Port}");
        for (var round = 1; round <= settings.Rounds; round++)
        {
            await GiveAsync(channel, (ulong)round, desk);
            await TakeAsync(engine, channel, desk);
        }

        HostSettings.Say("moved");
        await desk.MayEnd;
        await desk.EndAsync();
        return Math.Max(0, OpenDescriptors.Count - before);
    }

    public static async Task<int> FarAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var records = engine.ListenRecords(settings.Control, 1).Socket!;
        HostSettings.Say("ready");
        var accepted = (await records.AcceptAsync(default)).Socket!;
        var control = ControlSocket.Adopt(engine, accepted, settings.Options, PeerRule.SameUser).Socket!;
        using var channel = new FrameChannel(control, settings.Options);
        var before = OpenDescriptors.Count;
        var desk = new Desk(engine);
        for (var round = 1; round <= settings.Rounds; round++)
        {
            await TakeAsync(engine, channel, desk);
            await GiveAsync(channel, (ulong)round, desk);
        }

        await desk.EndAsync();
        return Math.Max(0, OpenDescriptors.Count - before);
    }

    private static async Task GiveAsync(FrameChannel channel, ulong id, Desk desk)
    {
        await desk.IsInUse.WaitAsync(channel.Options.AnswerTimeout);
        var given = await Giver.GiveAsync(channel, id, desk, default);
        if (given.Outcome is not MoveOutcome.Moved) throw new InvalidOperationException($"{id}: {given}");
    }

    private static async Task TakeAsync(LinuxEngine engine, FrameChannel channel, Desk desk)
    {
        var (offer, result) = await Taker.NextOfferAsync(channel, channel.Options.AnswerTimeout, default);
        if (offer is null) throw new InvalidOperationException($"Nothing was offered: {result}");
        var taken = await Taker.TakeAsync(channel, offer, new WantsAnything());
        if (taken.Sockets is not [var (descriptor, _, _)]) throw new InvalidOperationException($"{taken.Result}");
        desk.Open(engine.AdoptListener(descriptor).Socket!);
    }
}
