using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class SpliceWriteTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Fact]
    public async Task A_write_after_a_splice_that_a_close_cuts_short_is_refused_though_the_splice_has_written()
    {
        var owner = CreateTestProbe();
        using var narrow = await NarrowConnection.OpenAsync(Handoff, owner);
        var (near, client) = await OwnAsync(owner);
        using var _ = client;
        near.Handle.Socket.Tell(new Splice(near.Handle, narrow.Handle), owner);
        owner.ExpectMsg<Confirmed>();
        await client.SendAsync("spliced");
        var buffer = new byte[64 * 1024];
        for (var spliced = 0; spliced < 7;) spliced += (await narrow.Peer.ReceiveAsync(buffer)).Bytes;
        near.Handle.Socket.Tell(new Unsplice(near.Handle), owner);
        Assert.Equal(7, owner.ExpectMsg<SpliceEnded>().There);
        owner.ExpectMsg<Confirmed>();
        var write = new Write(narrow.Handle, new byte[narrow.Block + 1]);
        narrow.Handle.Socket.Tell(write, owner);
        narrow.Handle.Socket.Tell(new Close(narrow.Handle), owner);
        var refused = owner.ExpectMsg<Refused>();
        Assert.Equal((write, ResultCode.EEBADF), (refused.Command, refused.Result.Code));
    }
}
