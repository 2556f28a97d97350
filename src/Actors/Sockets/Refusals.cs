using System.Diagnostics.Metrics;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// What is refused, counted for whoever listens to the meter; a look at a field where nobody does.
internal static class Refusals
{
    private static readonly Counter<long> Told = Telemetry.Meter.CreateCounter<long>(
        "handoff.refusals", "{command}", "Commands that were refused, by why.");

    private static readonly string?[] Codes = NamesOfCodes();

    // By: the actor that refuses.
    public static Refused Of(IActorRef by, object command, SocketResult result)
    {
        Count(by, result);
        return new Refused(command, result);
    }

    public static void Count(IActorRef by, SocketResult result)
    {
        if (!Told.Enabled) return;
        var code = new KeyValuePair<string, object?>("handoff.code", NameOf(result.Code));
        Told.Add(1, SocketMeter.In(by.Path.Address.System), code);
    }

    // Enum.ToString would make a string each time.
    private static string NameOf(ResultCode code) =>
        -(int)code is var at and >= 0 && at < Codes.Length && Codes[at] is { } name ? name : code.ToString();

    private static string?[] NamesOfCodes()
    {
        var codes = Enum.GetValues<ResultCode>().Where(code => (int)code <= 0).ToArray();
        var names = new string?[-(int)codes.Min() + 1];
        foreach (var code in codes) names[-(int)code] = code.ToString();
        return names;
    }
}
