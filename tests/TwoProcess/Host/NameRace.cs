using System.Net.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Handles.Rendezvous;

namespace Handoff.TwoProcess.Tests.Host;

// Two processes give one name at the same time, round after round; each begins every other round.
internal static class NameRace
{
    public const int Rounds = 1000;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static async Task<int> FirstAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var listener = engine.ListenRecords(settings.Control, 1).Socket!;
        HostSettings.Say("ready");
        var accepted = (await listener.AcceptAsync(default)).Socket!;
        using var control = ControlSocket.Adopt(engine, accepted, settings.Options, PeerRule.SameUser).Socket!;
        using var place = new NamePlace(settings.Runtime, settings.Options);
        int won = 0, lost = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (held, result) = await RunAsync(control, place, begins: round % 2 == 0);
            var other = await HearAsync(control);
            if (!IsOne(result.Code, other))
            {
                HostSettings.Say($"round {round} {result.Code} {other}");
                return 1;
            }

            won += held is null ? 0 : 1;
            lost += held is null ? 1 : 0;
            held?.Dispose();
            await SayAsync(control, "free");
            await HearAsync(control);
        }

        HostSettings.Say($"won {won} {lost}");
        return 0;
    }

    public static async Task<int> SecondAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var control = (await ControlSocket.ConnectAsync(
            engine, settings.Control, settings.Options, PeerRule.SameUser, default)).Socket!;
        using var place = new NamePlace(settings.Runtime, settings.Options);
        for (var round = 0; round < Rounds; round++)
        {
            var (held, result) = await RunAsync(control, place, begins: round % 2 == 1);
            await SayAsync(control, result.Code.ToString());
            await HearAsync(control);
            held?.Dispose();
            await SayAsync(control, "freed");
        }

        return 0;
    }

    private static async Task<(HeldName? Held, SocketResult Result)> RunAsync(
        ControlSocket control, NamePlace place, bool begins)
    {
        if (begins) await SayAsync(control, "go");
        else await HearAsync(control);
        return await place.GiveAsync();
    }

    private static bool IsOne(ResultCode one, string other) =>
        (one is ResultCode.EESUCCESS && other == nameof(ResultCode.EENAMEINUSE))
        || (one is ResultCode.EENAMEINUSE && other == nameof(ResultCode.EESUCCESS));

    private static async Task SayAsync(ControlSocket control, string word)
    {
        var sent = await control.SendAsync(System.Text.Encoding.ASCII.GetBytes(word), [], default);
        if (!sent.IsSuccess) throw new InvalidOperationException(sent.ToString());
    }

    private static async Task<string> HearAsync(ControlSocket control)
    {
        var heard = await control.ReceiveAsync(Bound, default);
        return heard.Result.IsSuccess
            ? System.Text.Encoding.ASCII.GetString(heard.Bytes.Span)
            : throw new InvalidOperationException(heard.Result.ToString());
    }
}
