using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp.Endpoints;

namespace Handoff.Contracts.Tests.Suites;

public abstract partial class SctpEndpointContract
{
    // A reader goes on where the endpoint receives. This one peels off, with messages that are still in the socket of
    // the endpoint: so the new socket is readable at once, and a wait for it would not leave the loop by itself. It
    // blocks to see that, so that it is for back ends of which no other socket receives on the same thread.
    private protected async Task Reads_on_after_its_peel()
    {
        const int Messages = 40, MostTold = 16;
        var endpoint = Serve();
        var (client, other) = (Open(), Open());
        var (here, there) = (Shared(await Join(client, endpoint)), await Join(other, endpoint));
        using var allSent = new ManualResetEventSlim();
        using var otherHeard = new ManualResetEventSlim();
        var reading = Read(); // waits before anything was sent
        for (var i = 0; i < Messages; i++) await client.Send($"{i}", default, Place(endpoint));
        client.Socket.Events = SctpEventKinds.SenderDry; // then all is there
        while ((await client.Next()).What.Event is not SctpSenderDry)
        {
        }

        allSent.Set();
        await other.Send("hello", default, Place(endpoint));
        Assert.Equal("hello", await there.Reads());
        otherHeard.Set();
        Assert.True(await reading.Soon());

        async Task<bool> Read()
        {
            await here.WaitReadableAsync().ConfigureAwait(false);
            Assert.True(allSent.Wait(Patience.Bound));
            Assert.True(endpoint.PeelOff(here, SctpPeelFlags.None).IsSuccess);
            for (var i = 0; i < MostTold; i++) Assert.True(here.TryReceive(new byte[10]).IsSuccess);
            await here.WaitReadableAsync().ConfigureAwait(false);
            return otherHeard.Wait(Patience.Bound);
        }
    }
}
