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
        var socket = await AcceptOneAsync(engine);
        var conversation = new Conversation(engine, settings.Consumed) { MostConsumed = EnoughConsumed };
        conversation.Begin(socket);
        await conversation.IsWellUnderWay;
        var control = (await ControlSocket.ConnectAsync(
            engine, settings.Control, settings.Options, PeerRule.SameUser, default)).Socket!;
        using var channel = new FrameChannel(control, settings.Options);
        using var port = new GiverPort(channel, id: 1, new OneConversation(conversation, socket), default);
        var result = await Giver.RunAsync(new FaultyGiver(port, settings.Fault));
        HostSettings.Say($"outcome {result.Outcome}");
        if (result.Outcome is MoveOutcome.Moved) return 0;
        conversation.GoOn((await conversation.StopAsync()).Descriptor);
        HostSettings.Say($"served {await conversation.EndAsync()}");
        return 0;
    }

    public static async Task<IStreamSocket> AcceptOneAsync(LinuxEngine engine)
    {
        using var listener = engine.Listen(new IPEndPoint(IPAddress.Loopback, 0), 1).Socket!;
        HostSettings.Say($"port {((IPEndPoint)listener.LocalEndPoint).Port}");
        var socket = (await listener.AcceptAsync(default)).Socket!;
        var number = ((LinuxStreamSocket)socket).Number;
        SocketOptions.TrySet(number, Native.SocketLevel, Native.SendBuffer, SmallBuffer);
        return socket;
    }
}
