using System.Net;
using System.Net.Sockets;
using Chat;

namespace Handoff.Examples.Tests;

// The program, as a process, with members that are plain sockets.
public sealed class ChatTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Members_hear_each_other_and_who_is_away_comes_back_with_all_that_they_said()
    {
        using var bound = new CancellationTokenSource(Patience);
        await using var program = RunningExample.Start(typeof(Machine), "0");
        var place = IPEndPoint.Parse((await program.LineAsync("chat at ", Patience))["chat at ".Length..]);
        using var one = await Member.JoinAsync(place, bound.Token);
        await one.HearsAsync(": is here, of 1");
        using var two = await Member.JoinAsync(place, bound.Token);
        await one.HearsAsync(": is here, of 2");
        await two.SaysAsync("hello\n");
        await one.HearsAsync(": hello");
        await two.SaysAsync("/away\n");
        await one.HearsAsync(": is away");
        await two.HearsAsync("any line");
        await two.SaysAsync("back\n");
        await one.HearsAsync(": is here, of 2");
        await one.HearsAsync(": back");
        await two.SaysAsync("again\n");
        await one.HearsAsync(": again");
        two.Dispose();
        await one.HearsAsync(": is away");
    }

    private sealed class Member(TcpClient client, CancellationToken bound) : IDisposable
    {
        private readonly StreamReader _heard = new(client.GetStream());

        public static async Task<Member> JoinAsync(IPEndPoint place, CancellationToken bound)
        {
            var client = new TcpClient();
            await client.ConnectAsync(place, bound);
            return new Member(client, bound);
        }

        public ValueTask SaysAsync(string line) =>
            client.GetStream().WriteAsync(System.Text.Encoding.UTF8.GetBytes(line), bound);

        public async Task HearsAsync(string end)
        {
            while (await _heard.ReadLineAsync(bound) is { } line)
            {
                if (line.EndsWith(end, StringComparison.Ordinal)) return;
            }

            Assert.Fail($"The chat ended before it said '{end}'.");
        }

        public void Dispose()
        {
            _heard.Dispose();
            client.Dispose();
        }
    }
}
