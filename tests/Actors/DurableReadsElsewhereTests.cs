using System.Net;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class DurableReadsElsewhereTests(ITestOutputHelper output)
    : SocketTestKit(output, "handoff.engine = portable")
{
    [Fact]
    public async Task Another_engine_refuses_durable_reads_of_a_connection_and_of_a_listener()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new ReadDurably(acquired.Handle, IsOn: true), owner);
        Assert.Equal(ResultCode.EEMODENOTSUPP, owner.ExpectMsg<Refused>().Result.Code);
        var off = new ReadDurably(acquired.Handle, IsOn: false);
        acquired.Handle.Socket.Tell(off, owner);
        Assert.Same(off, owner.ExpectMsg<Confirmed>().Command);
        Handoff.Sockets.Tell(new Listen(new IPEndPoint(IPAddress.Loopback, 0), owner) { DurableReads = true }, owner);
        Assert.Equal(ResultCode.EEMODENOTSUPP, owner.ExpectMsg<Refused>().Result.Code);
    }
}
