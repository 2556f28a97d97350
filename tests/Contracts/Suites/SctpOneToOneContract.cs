using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

public abstract class SctpOneToOneContract : SctpSuite
{
    private protected SctpOneToOneContract(SctpKind kind, ITestOutputHelper output)
        : base(kind, output)
    {
    }

    [SctpFact]
    public async Task Both_sides_hear_that_it_is_up_and_talk()
    {
        var listener = Listen();
        var client = await Connect(listener);
        var server = await Accept(listener);
        Assert.Equal(client.Socket.Association, (await client.Hears<SctpUp>()).Association);
        Assert.Equal(server.Socket.Association, (await server.Hears<SctpUp>()).Association);
        Assert.Equal((SctpStyle.OneToOne, SctpStyle.OneToOne), (client.Socket.Style, server.Socket.Style));
        Assert.Equal(listener.LocalEndPoints[0], client.Socket.RemoteEndPoint);
        Assert.Equal(client.Place.Port, server.Socket.RemoteEndPoint!.Port);
        await client.Send("ping");
        Assert.Equal("ping", await server.Reads());
        await server.Send("pong");
        Assert.Equal("pong", await client.Reads());
    }

    [SctpFact]
    public async Task The_first_that_both_sides_hear_is_that_it_is_up_whatever_they_want()
    {
        var all = With(SctpEventKinds.All);
        using var listener = Kind.Backend.Listen([new(Kind.Address, 0)], 4, all).Socket!;
        var connecting = Kind.Backend.ConnectAsync(
            listener.LocalEndPoints, [], all, Long, TimeProvider.System, CancellationToken.None);
        var client = Of((await connecting.Soon()).Socket!);
        var server = await Accept(listener);
        await client.Hears<SctpUp>();
        await server.Hears<SctpUp>();
    }

    [SctpFact]
    public async Task It_ends_with_its_last_event_and_then_EENOTCONN()
    {
        var listener = Listen();
        var client = await Connect(listener);
        var server = await Accept(listener);
        await client.Hears<SctpUp>();
        await server.Hears<SctpUp>();
        await client.Send("last words");
        client.Socket.Dispose();
        Assert.Equal("last words", await server.Reads());
        await server.Hears<SctpShutdownComplete>();
        Assert.Equal(ResultCode.EENOTCONN, (await server.Next()).What.Code);
        Assert.Equal(ResultCode.EENOTCONN, server.TrySend("x"));
    }

    [SctpFact]
    public async Task An_abort_resets_the_peer()
    {
        var listener = Listen();
        var client = await Connect(listener);
        var server = await Accept(listener);
        await server.Hears<SctpUp>();
        client.Socket.Abort();
        Assert.Equal(ResultCode.EERESET, (await server.Hears<SctpLost>()).Code);
        Assert.Equal(ResultCode.EENOTCONN, (await server.Next()).What.Code);
    }

    [SctpFact]
    public async Task What_does_not_fit_its_style_is_refused_by_code()
    {
        var listener = Listen();
        var client = await Connect(listener);
        var association = client.Socket.Association;
        Assert.Equal(ResultCode.EEINVAL, client.Socket.PeelOff(association, SctpPeelFlags.None).Code);
        Assert.Equal(ResultCode.EEISCONN, client.Socket.Listen(1).Code);
        Assert.Equal(ResultCode.EEISCONN, client.Socket.Connect(listener.LocalEndPoints).Code);
        Assert.Equal(ResultCode.EEMODENOTSUPP,
            client.Socket.SetOption(default, new SctpOption(SctpOptionKind.AutoClose, 1)).Code);
    }

    [SctpFact]
    public async Task A_connect_where_nobody_listens_is_refused()
    {
        Assert.Equal(ResultCode.EECONNREFUSED, (await Connecting([Kind.Nobody])).Code);
        Assert.Equal(ResultCode.EENOADDR, (await Connecting([])).Code);
        Assert.Equal(ResultCode.EEBADADDR, (await Connecting([Kind.Nobody, new(Kind.Address, 10)])).Code);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Assert.Equal(ResultCode.EEINTR, (await Connecting([Kind.Nobody], cancelled.Token)).Code);
    }

    [SctpFact]
    public async Task An_accept_is_cancelled_and_loses_nobody()
    {
        var listener = Listen();
        using var cancel = new CancellationTokenSource();
        var waiting = listener.AcceptAsync(cancel.Token).AsTask();
        Assert.True(await waiting.IsStuck());
        await cancel.CancelAsync();
        Assert.Equal(ResultCode.EEINTR, (await waiting.Soon()).Code);
        var client = await Connect(listener);
        var server = await Accept(listener);
        await server.Hears<SctpUp>();
        await client.Send("x");
        Assert.Equal("x", await server.Reads());
    }

    [SctpFact]
    public async Task A_closed_listener_ends_its_accept_and_leaves_the_accepted()
    {
        var listener = Listen();
        var client = await Connect(listener);
        var server = await Accept(listener);
        await server.Hears<SctpUp>();
        var waiting = listener.AcceptAsync(CancellationToken.None).AsTask();
        listener.Dispose();
        listener.Dispose();
        Assert.Equal(ResultCode.EEBADF, (await waiting.Soon()).Code);
        Assert.Equal(ResultCode.EEBADF, (await listener.AcceptAsync(CancellationToken.None).Soon()).Code);
        await client.Send("x");
        Assert.Equal("x", await server.Reads());
    }

    [SctpFact]
    public async Task Whoever_was_not_accepted_is_reset_when_the_listener_closes()
    {
        var listener = Listen();
        var client = await Connect(listener);
        await client.Hears<SctpUp>();
        listener.Dispose();
        Assert.Equal(ResultCode.EERESET, (await client.Hears<SctpLost>()).Code);
    }

    private async Task<SctpParty> Accept(ISctpListenSocket listener)
    {
        var (socket, code) = await listener.AcceptAsync(CancellationToken.None).Soon();
        Assert.Equal(ResultCode.EESUCCESS, code);
        return Of(socket!);
    }

    private Task<Transport.Engine.SocketOr<ISctpSocket>> Connecting(
        IPEndPoint[] peer, CancellationToken cancellationToken = default) => Kind.Backend
            .ConnectAsync(peer, [], Kind.Options, Long, TimeProvider.System, cancellationToken).Soon();
}
