using System.Net;
using System.Text;
using Handoff;

namespace PeelOff;

// Two who call: one has a word to say now and then, the other does not stop.
public static class Day
{
    public static async Task PlayAsync(HandoffExtension handoff, EndPoint place, TextWriter output)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var light = await handoff.ConnectAsync(place, "sctp-one-to-one");
        await using var heavy = await handoff.ConnectAsync(place, "sctp-one-to-one");
        await SayAsync(light, "good morning");
        for (var i = 1; i <= 6; i++) await SayAsync(heavy, $"order {i}");
        await SayAsync(light, "good night");
        async Task SayAsync(OwnedSocket caller, string text)
        {
            await caller.Messages.SendAsync(Encoding.UTF8.GetBytes(text), cancellationToken: bound.Token);
            var answer = await caller.Messages.ReadAsync(bound.Token);
            await output.WriteLineAsync(Encoding.UTF8.GetString(answer.Bytes.Span));
            caller.Messages.Consume();
        }
    }
}
