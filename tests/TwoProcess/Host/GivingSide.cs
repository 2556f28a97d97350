using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;

namespace Handoff.TwoProcess.Tests.Host;

// Accepts one connection, serves it for a while, and gives it to the process that listens.
internal static class GivingSide
{
    private const int SmallBuffer = 16 * 1024;
    private const int EnoughConsumed = 500_000;

    public static async Task<int> RunAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        var accepted = await AcceptAsync(engine, 1);
        var conversation = new Conversation(engine, settings.DialogueOf(0), settings.Consumed(0))
        {
            MostConsumed = EnoughConsumed,
        };
        conversation.Begin(accepted[0]);
        await conversation.IsWellUnderWay;
        var control = (await ControlSocket.ConnectAsync(
            engine, settings.Control, settings.Options, settings.Rule, default)).Socket!;
        using var channel = new FrameChannel(control, settings.Options);
        using var port = new GiverPort(channel, id: 1, new Conversations([conversation]), default);
        var result = await Giver.RunAsync(new FaultyGiver(port, settings.Fault));
        HostSettings.Say($"outcome {result.Outcome}");
        HostSettings.Say($"why {result.Why.Code}");
        if (result.Outcome is MoveOutcome.Moved) return 0;
        conversation.GoOn((await conversation.StopAsync()).Descriptor);
        HostSettings.Say($"served {await conversation.EndAsync()}");
        return 0;
    }

    // In the order in which they connected.
    public static async Task<IStreamSocket[]> AcceptAsync(LinuxEngine engine, int count)
    {
        using var listener = engine.Listen(new IPEndPoint(IPAddress.Loopback, 0), count).Socket!;
        HostSettings.Say($"port {((IPEndPoint)listener.LocalEndPoint).Port}");
        var sockets = new IStreamSocket[count];
        for (var i = 0; i < count; i++)
        {
            sockets[i] = (await listener.AcceptAsync(default)).Socket!;
            var number = ((LinuxStreamSocket)sockets[i]).Number;
            SocketOptions.TrySet(number, Native.SocketLevel, Native.SendBuffer, SmallBuffer);
        }

        return sockets;
    }
}
