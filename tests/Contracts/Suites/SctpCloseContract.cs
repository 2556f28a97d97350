using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>What a close of a one-to-many socket does to its associations, each for itself.</summary>
public abstract class SctpCloseContract : SctpSuite
{
    private protected SctpCloseContract(SctpKind kind, ITestOutputHelper output)
        : base(kind, output)
    {
    }

    [SctpFact]
    public async Task A_close_with_events_unread_is_graceful()
    {
        var (server, client) = (Open(), Open());
        await client.Send("x", default, server.Place);
        await server.Hears<SctpUp>();
        Assert.Equal("x", await server.Reads());
        Assert.Equal(ResultCode.EESUCCESS, (await client.Socket.WaitReadableAsync().Soon()).Code);
        client.Socket.Dispose();
        await server.Hears<SctpShutdownComplete>();
    }

    [SctpFact]
    public async Task A_close_with_messages_of_one_association_unread_aborts_that_one_alone()
    {
        var (client, one, other) = (Open(), Open(), Open());
        var (_, there) = await Join(client, one);
        await Join(client, other);
        for (var i = 0; i < 3; i++) await one.Send(new byte[2000], On(there));
        Assert.Equal(ResultCode.EESUCCESS, (await client.Socket.WaitReadableAsync().Soon()).Code);
        client.Socket.Dispose();
        Assert.Equal(ResultCode.EERESET, (await one.Hears<SctpLost>()).Code);
        await other.Hears<SctpShutdownComplete>();
    }
}
