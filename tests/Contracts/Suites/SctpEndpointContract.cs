using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Endpoints;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>A one-to-many socket whose associations are sockets of their own.</summary>
public abstract partial class SctpEndpointContract : SctpSuite, IAsyncLifetime
{
    private readonly List<SctpEndpoint> _endpoints = [];

    private protected SctpEndpointContract(SctpKind kind, ITestOutputHelper output)
        : base(kind, output)
    {
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var endpoint in _endpoints)
        {
            endpoint.Dispose();
            endpoint.Socket.Abort();
            await endpoint.Running.Soon();
            await endpoint.Room.Running.Soon();
        }
    }

    [SctpFact]
    public async Task Each_association_has_its_own_messages_and_answers_its_own_peer()
    {
        var endpoint = Serve();
        var parties = new List<(SctpParty Client, SctpParty Here)>();
        for (var i = 0; i < 3; i++)
        {
            var client = Open();
            await client.Send($"first of {i}", default, Place(endpoint));
            parties.Add((client, await Accept(endpoint)));
        }

        for (var i = 2; i >= 0; i--)
        {
            var (client, here) = parties[i];
            Assert.Equal(client.Place, here.Socket.RemoteEndPoint);
            var at = (await client.Hears<SctpUp>()).Association;
            Assert.Equal($"first of {i}", await here.Reads());
            await client.Send("second", new SctpSendInfo { Association = at, Stream = 1, PayloadProtocol = 7 });
            var (info, _) = await here.Receives();
            Assert.Equal((1, 7u), (info.Stream, info.PayloadProtocol));
            await here.Send($"answer to {i}");
            Assert.Equal($"answer to {i}", await client.Reads());
            Assert.Equal(ResultCode.EEWOULDBLOCK, here.Socket.TryReceive(new byte[10]).Code);
        }
    }

    [SctpFact]
    public async Task An_owner_that_does_not_receive_is_peeled_off_at_the_bound_and_holds_up_nobody()
    {
        var endpoint = Serve(Endpoint with { OfferMessages = 8 });
        var (slow, other) = (Open(), Open());
        var here = await Join(slow, endpoint);
        var at = await Join(other, endpoint);
        for (var i = 0; i < 100; i++) await slow.Send($"{i}", default, Place(endpoint));
        await Patience.Until(() => here.Socket.Style is SctpStyle.PeeledOff);
        await other.Send("hello", default, Place(endpoint));
        Assert.Equal("hello", await at.Reads());
        Assert.Equal(SctpStyle.OneToMany, at.Socket.Style);
        Assert.Equal(1, endpoint.Count);
        for (var i = 0; i < 100; i++) Assert.Equal($"{i}", await here.Reads());
        await here.Send("back");
        Assert.Equal("back", await slow.Reads());
    }

    [SctpFact]
    public async Task A_bound_of_bytes_is_one_as_well()
    {
        var endpoint = Serve(Endpoint with { OfferBuffer = 4000 });
        var client = Open();
        var here = await Join(client, endpoint);
        for (var i = 0; i < 5; i++) await client.Send(new byte[1000], default, Place(endpoint));
        await Patience.Until(() => here.Socket.Style is SctpStyle.PeeledOff);
        for (var i = 0; i < 5; i++) Assert.Equal(1000, (await here.Receives()).Bytes.Length);
    }

    [SctpFact]
    public async Task Who_waits_to_receive_or_for_room_goes_on_when_it_is_peeled_off()
    {
        const int Size = 10_000;
        var endpoint = Serve();
        var client = Open();
        var here = await Join(client, endpoint);
        var reading = here.Reads();
        var sent = 0;
        while (here.Socket.TrySend(new byte[Size], default).IsSuccess) sent++;
        var room = here.Socket.WaitWritableAsync().AsTask();
        Assert.True(endpoint.PeelOff(Shared(here), SctpPeelFlags.CloseOnExec).IsSuccess);
        Assert.True(endpoint.PeelOff(Shared(here), SctpPeelFlags.None).IsSuccess); // it is already
        Assert.Equal(SctpStyle.PeeledOff, here.Socket.Style);
        Assert.Equal(ResultCode.EESUCCESS, (await room.Soon()).Code);
        await client.Send("hello", default, Place(endpoint));
        Assert.Equal("hello", await reading.Soon());
        var last = here.Send("last");
        for (var i = 0; i < sent; i++) Assert.Equal(Size, (await client.Receives()).Bytes.Length);
        await last.Soon();
        Assert.Equal("last", await client.Reads());
    }

    [SctpFact]
    public async Task What_waits_for_room_on_the_shared_socket_is_told_when_there_is_some()
    {
        const int Size = 10_000;
        var endpoint = Serve();
        var (client, other) = (Open(), Open());
        var (here, there) = (await Join(client, endpoint), await Join(other, endpoint));
        var sent = 0;
        while (here.Socket.TrySend(new byte[Size], default).IsSuccess) sent++;
        var last = here.Send("last");
        for (var i = 0; i < sent; i++) Assert.Equal(Size, (await client.Receives()).Bytes.Length);
        await last.Soon();
        Assert.Equal("last", await client.Reads());
        await there.Send("and another");
        Assert.Equal("and another", await other.Reads());
        Assert.Equal(2, endpoint.Count);
    }

    [SctpFact]
    public async Task Associations_live_on_when_the_endpoint_takes_no_more()
    {
        var endpoint = Serve();
        var (client, waiting) = (Open(), Open());
        var here = await Join(client, endpoint);
        await waiting.Send("nobody takes it", default, Place(endpoint));
        await waiting.Hears<SctpUp>();
        await Patience.Until(() => endpoint.Count == 2);
        endpoint.Dispose();
        Assert.Equal(ResultCode.EEBADF, (await endpoint.AcceptAsync(default)).Code);
        Assert.Equal(ResultCode.EERESET, (await waiting.Hears<SctpLost>()).Code);
        await client.Send("still", default, Place(endpoint));
        Assert.Equal("still", await here.Reads());
        Assert.False(endpoint.Running.IsCompleted);
        here.Socket.Dispose();
        await client.Hears<SctpShutdownComplete>();
        await endpoint.Running.Soon();
        Assert.Equal(ResultCode.EEBADF, endpoint.Socket.TryReceive(new byte[10]).Code);
    }

    [SctpFact]
    public async Task Nobody_waits_beyond_the_backlog_and_a_cancelled_wait_loses_nobody()
    {
        var endpoint = Serve(Endpoint with { Backlog = 2 });
        using var cancelling = new CancellationTokenSource();
        var accepting = endpoint.AcceptAsync(cancelling.Token).AsTask();
        await cancelling.CancelAsync();
        Assert.Equal(ResultCode.EEINTR, (await accepting.Soon()).Code);
        var clients = new[] { Open(), Open(), Open() };
        foreach (var client in clients)
        {
            await client.Send("let me in", default, Place(endpoint));
            await client.Hears<SctpUp>();
        }

        Assert.Equal(ResultCode.EERESET, (await clients[2].Hears<SctpLost>()).Code);
        for (var i = 0; i < 2; i++) Assert.Equal("let me in", await (await Accept(endpoint)).Reads());
    }

    [SctpFact]
    public async Task It_begins_associations_by_a_connect_and_by_a_send()
    {
        var (endpoint, server, second) = (Serve(), Open(), Open());
        var connecting = endpoint.ConnectAsync(server.Socket.LocalEndPoints, default);
        Assert.Equal(ResultCode.EESUCCESS, await connecting.Soon());
        var here = await Accept(endpoint);
        Assert.Equal(server.Place, here.Socket.RemoteEndPoint);
        Assert.Equal(
            ResultCode.EEISCONN, await endpoint.ConnectAsync(server.Socket.LocalEndPoints, default).Soon());
        Assert.Equal(ResultCode.EEISCONN, endpoint.TrySend("x"u8, default, server.Place).Code);
        Assert.Equal(ResultCode.EESUCCESS, endpoint.TrySend("begin"u8, default, second.Place).Code);
        Assert.Equal(second.Place, (await Accept(endpoint)).Socket.RemoteEndPoint);
        await second.Hears<SctpUp>();
        Assert.Equal("begin", await second.Reads());
        Assert.Equal(ResultCode.EECONNREFUSED, await endpoint.ConnectAsync([Kind.Nobody], default).Soon());
        Assert.Equal(ResultCode.EENOADDR, await endpoint.ConnectAsync([], default).Soon());
        using var cancelling = new CancellationTokenSource();
        await cancelling.CancelAsync();
        var third = Open();
        Assert.Equal(
            ResultCode.EEINTR, await endpoint.ConnectAsync([third.Place], cancelling.Token).Soon());
        endpoint.Dispose();
        Assert.Equal(ResultCode.EEBADF, await endpoint.ConnectAsync([Kind.Nobody], default).Soon());
    }

    [SctpFact]
    public async Task A_close_shuts_down_and_one_with_messages_unread_aborts()
    {
        var endpoint = Serve();
        var (first, second) = (Open(), Open());
        var (read, unread) = (await Join(first, endpoint), await Join(second, endpoint));
        await second.Send("unread", default, Place(endpoint));
        Assert.Equal(ResultCode.EESUCCESS, (await unread.Socket.WaitReadableAsync().Soon()).Code);
        read.Socket.Dispose();
        unread.Socket.Dispose();
        await first.Hears<SctpShutdownComplete>();
        Assert.Equal(ResultCode.EERESET, (await second.Hears<SctpLost>()).Code);
        Assert.Equal(ResultCode.EEBADF, read.TrySend("x"));
        Assert.Equal(ResultCode.EEBADF, (await read.Socket.WaitReadableAsync().Soon()).Code);
        await Patience.Until(() => endpoint.Count == 0);
    }

    [SctpFact]
    public async Task It_ends_with_its_last_event_and_then_EENOTCONN()
    {
        var endpoint = Serve();
        var client = Open();
        var here = await Join(client, endpoint);
        var at = Shared(here);
        await client.Send("last words", default, Place(endpoint));
        Assert.Equal("last words", await here.Reads());
        client.Socket.Abort();
        Assert.Equal(ResultCode.EERESET, (await here.Hears<SctpLost>()).Code);
        Assert.Equal(ResultCode.EENOTCONN, here.Socket.TryReceive(new byte[10]).Code);
        Assert.Equal(ResultCode.EENOTCONN, here.TrySend("x"));
        Assert.Equal(ResultCode.EENOTCONN, endpoint.PeelOff(at, SctpPeelFlags.None).Code);
        Assert.Equal(ResultCode.EENOTCONN, at.GetStatus(default).Code);
        Assert.Equal(0, endpoint.Count);
    }

    [SctpFact]
    public async Task What_means_nothing_is_refused_and_options_are_its_own()
    {
        var endpoint = Serve();
        var client = Open();
        var here = await Join(client, endpoint);
        var at = Shared(here);
        Assert.Equal(ResultCode.EEINVAL, endpoint.PeelOff(at, (SctpPeelFlags)1).Code);
        Assert.Equal(
            (ResultCode.EEINVAL, ResultCode.EEINVAL, ResultCode.EEISCONN),
            (here.Socket.Listen(1).Code, here.Socket.Bind([here.Place], SctpBinding.Add).Code,
                here.Socket.Connect([client.Place]).Code));
        Assert.Equal(ResultCode.EEINVAL, here.Socket.PeelOff(at.Association, SctpPeelFlags.None).Code);
        Assert.Equal([client.Place], here.Socket.GetPeerAddresses(default).Value!);
        Assert.Equal(at.Association, here.Socket.GetStatus(default).Value!.Association);
        Assert.True(here.Socket.SetOption(default, new SctpOption(SctpOptionKind.Context, 5)).IsSuccess);
        await client.Send("x", default, Place(endpoint));
        Assert.Equal(5u, (await here.Receives()).Info.Context);
    }

    [SctpFact]
    public async Task Events_are_told_to_the_association_that_wants_them()
    {
        var endpoint = Serve();
        var (first, second) = (Open(), Open());
        var (wants, wantsNot) = (await Join(first, endpoint), await Join(second, endpoint));
        wants.Socket.Events = SctpEventKinds.SenderDry;
        await wants.Hears<SctpSenderDry>();
        await wantsNot.Send("to the second");
        Assert.Equal("to the second", await second.Reads());
        await second.Send("answer", default, Place(endpoint));
        Assert.Equal("answer", await wantsNot.Reads());
        wantsNot.Socket.Events = SctpEventKinds.SenderDry;
        await wantsNot.Hears<SctpSenderDry>();
    }

    private SctpEndpoint Serve(EndpointOptions? options = null)
    {
        var (socket, code) = Kind.Backend.Open([new IPEndPoint(Kind.Address, 0)], Kind.Options);
        Assert.Equal(ResultCode.EESUCCESS, code);
        Assert.True(socket!.Listen(64).IsSuccess);
        var endpoint = new SctpEndpoint(socket, options ?? Endpoint);
        _endpoints.Add(endpoint);
        endpoint.Start();
        return endpoint;
    }

    private static IPEndPoint Place(SctpEndpoint endpoint) => endpoint.Socket.LocalEndPoints[0];

    private static SharedAssociation Shared(SctpParty party) => (SharedAssociation)party.Socket;

    private async Task<SctpParty> Join(SctpParty client, SctpEndpoint endpoint)
    {
        Assert.Equal(ResultCode.EESUCCESS, client.Socket.Connect([Place(endpoint)]).Code);
        await client.Hears<SctpUp>();
        return await Accept(endpoint);
    }

    private async Task<SctpParty> Accept(SctpEndpoint endpoint)
    {
        var (association, code) = await endpoint.AcceptAsync(default).Soon();
        Assert.Equal(ResultCode.EESUCCESS, code);
        var here = Of(association!);
        Assert.Equal(association!.Association, (await here.Hears<SctpUp>()).Association);
        return here;
    }
}
