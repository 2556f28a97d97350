using System.Net.Sockets;
using Handoff.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class OwedEndTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_end_confirmed_behind_a_waiting_write_goes_out_though_its_owner_reattaches(bool byLease)
    {
        var owner = CreateTestProbe();
        using var narrow = await NarrowConnection.OpenAsync(Handoff, owner);
        narrow.Handle.Socket.Tell(new Write(narrow.Handle, new byte[narrow.Block + 1]), owner);
        var finish = new Shutdown(narrow.Handle, SocketShutdown.Send);
        narrow.Handle.Socket.Tell(finish, owner);
        Assert.Same(finish, owner.ExpectMsg<Confirmed>().Command);
        narrow.Handle.Socket.Tell(
            new Reattach(narrow.Handle, owner) { Reading = byLease ? Reading.Lease : Reading.Passive }, owner);
        var again = owner.FishForMessage<Acquired>(message => message is Acquired, Patience);
        var (received, buffer) = (0, new byte[64 * 1024]);
        while (await Next() is > 0 and var bytes) received += bytes;
        Assert.Equal(narrow.Block, received);
        Assert.Equal("Held", StatusOf(CreateTestProbe(), again.Handle.Socket).State);

        async Task<int> Next() => (await narrow.Peer.ReceiveAsync(buffer).AsTask().WaitAsync(Patience)).Bytes;
    }
}
