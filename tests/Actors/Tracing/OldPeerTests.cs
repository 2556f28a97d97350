using System.Net.Sockets;
using Handoff.Actors.Tests.Processes;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Handles.Frames;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tracing;

// A process that was built before there were traces, by hand: what begins with a frame of a kind that it does not know
// it turns away.
public sealed class OldPeerTests(ITestOutputHelper output) : ProcessTestKit(output)
{
    private const int MostBytes = 64 * 1024;

    [Fact]
    public async Task A_process_that_knows_no_traces_is_offered_the_socket_once_more_without()
    {
        var owner = CreateTestProbe();
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        Directory.CreateDirectory(DirectoryPath);
        var path = Path.Combine(DirectoryPath, "old.sock");
        using var old = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        old.Bind(new UnixDomainSocketEndPoint(path));
        old.Listen();
        var to = PeerAt(path, "login");
        using var spans = new Spans();
        var release = Release(owner, first.Handle, to);

        using (var turnedAway = await old.AcceptAsync().WaitAsync(Patience))
        {
            Assert.IsType<Frame.Traces>(await FrameAsync(turnedAway));
            await AnswerAsync(turnedAway, new Frame.Decline(0, new(ResultCode.EEMODENOTSUPP, "UnknownKind")));
        }

        using (var heard = await old.AcceptAsync().WaitAsync(Patience))
        {
            var offer = Assert.IsType<Frame.Offer>(await FrameAsync(heard));
            await AnswerAsync(heard, new Frame.Decline(offer.Id, new(ResultCode.EESOCKNOTRLSD, "asked and declined")));
            Assert.Contains("asked and declined", Reverted(owner, release));
        }
    }

    private static async Task<Frame?> FrameAsync(Socket from)
    {
        var bytes = new byte[MostBytes];
        var length = await from.ReceiveAsync(bytes).WaitAsync(Patience);
        return FrameDecoder.Decode(bytes.AsSpan(0, length), MostBytes).Frame;
    }

    private static async Task AnswerAsync(Socket to, Frame frame) => await to.SendAsync(FrameEncoder.Encode(frame));
}
