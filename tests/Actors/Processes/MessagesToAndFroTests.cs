using System.Net.Sockets;
using System.Text;
using Akka.TestKit;
using Handoff.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

[Collection(nameof(Alone))]
public sealed class MessagesToAndFroTests(ITestOutputHelper output) : MessageProcessKit(output)
{
    private const int Rounds = 25;
    private const int InARound = 20;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_socket_goes_to_and_fro_under_traffic_and_neither_a_message_nor_a_descriptor_stays_behind(
        bool isRecords)
    {
        var (here, there) = (CreateTestProbe(), Other.CreateTestProbe());
        var (held, peer) = await OwnAsync(here, isRecords);
        using var _ = peer;
        var away = Peer("there", there);
        var home = Home("here", here);
        var traffic = Task.Run(() => TalkAsync(peer));
        var before = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await EchoAsync(held);
            held = PassOn(here, held, there, away);
            await EchoAsync(held);
            held = PassOn(there, held, here, home);
            Assert.Equal((2L * InARound * (round + 1), held.Consumed), (held.Consumed, held.Written));
            if (round == 0) before = OpenSockets.Count();
        }

        await traffic.WaitAsync(Patience);
        AwaitCondition(() => OpenSockets.Count() <= before, Patience);
    }

    private async Task<(Acquired Held, Socket Peer)> OwnAsync(TestProbe owner, bool isRecords)
    {
        if (isRecords) return await OwnRecordsAsync(owner);
        var held = Bind(owner);
        var peer = Udp();
        await peer.ConnectAsync(held.Facts.Local!);
        return (held, peer);
    }

    private static async Task EchoAsync(Acquired held)
    {
        using var bound = new CancellationTokenSource(Patience);
        for (var i = 0; i < InARound; i++)
        {
            var message = await held.Messages!.ReadAsync(bound.Token);
            Assert.True((await held.Messages.ReplyAsync(message.Bytes, bound.Token)).IsSuccess);
        }
    }

    // Some are always under way, and each is answered in its turn.
    private static async Task TalkAsync(Socket peer)
    {
        const int Window = 8, All = 2 * Rounds * InARound;
        using var bound = new CancellationTokenSource(Patience);
        var buffer = new byte[100];
        for (var (said, heard) = (0, 0); heard < All; heard++)
        {
            for (; said < All && said < heard + Window; said++)
                await peer.SendAsync(Encoding.ASCII.GetBytes($"{said}"), SocketFlags.None, bound.Token);
            var length = await peer.ReceiveAsync(buffer, SocketFlags.None, bound.Token);
            Assert.Equal($"{heard}", Encoding.ASCII.GetString(buffer, 0, length));
        }
    }
}
