using System.Net;
using System.Text;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Records;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>Associations as connections of records, which are leased from owner to owner.</summary>
public abstract class SctpRecordsContract : SctpSuite, IAsyncLifetime
{
    private readonly List<MessageSocket> _connections = [];
    private readonly MessageOptions _options =
        new(System.IO.Pipelines.PipeScheduler.ThreadPool, System.IO.Pipelines.PipeScheduler.ThreadPool);

    private protected SctpRecordsContract(SctpKind kind, ITestOutputHelper output)
        : base(kind, output)
    {
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var connection in _connections) await connection.DisposeAsync().AsTask().Soon();
    }

    [SctpFact]
    public async Task Records_arrive_whole_and_in_order_and_the_end_is_an_end()
    {
        var (_, near, _, far) = await Connected(_options);
        var random = Seeded();
        var sent = Enumerable.Range(0, 300).Select(_ => new byte[random.Next(1, 3000)]).ToArray();
        var sending = Task.Run(async () =>
        {
            foreach (var record in sent)
            {
                random.NextBytes(record);
                Assert.True((await near.SendAsync(record).Soon()).IsSuccess);
            }

            Assert.Equal(ResultCode.EESUCCESS, near.FinishSending());
        });
        foreach (var record in sent)
        {
            Assert.Equal(record, (await far.ReadAsync().Soon()).Bytes.ToArray());
            far.Consume();
        }

        await sending.Soon();
        var end = await far.ReadAsync().Soon();
        Assert.Equal((MessageKind.End, ResultCode.EESUCCESS), (end.Kind, end.Code));
    }

    [SctpFact]
    public async Task A_record_that_is_too_long_is_told_truncated_and_costs_no_other()
    {
        var (_, near, _, far) = await Connected(_options, _options with { MaxMessage = 100 });
        foreach (var length in new[] { 100, 101, 5000, 1 })
            Assert.True((await near.SendAsync(new byte[length]).Soon()).IsSuccess);
        foreach (var (length, isCut) in new[] { (100, false), (100, true), (100, true), (1, false) })
        {
            var record = await far.ReadAsync().Soon();
            Assert.Equal((length, isCut), (record.Bytes.Length, record.Facts.IsTruncated));
            far.Consume();
        }
    }

    [SctpFact]
    public async Task What_is_in_the_way_of_an_owner_that_does_not_read_is_bounded_and_arrives()
    {
        const int Many = 3000;
        var small = _options with { SendMessages = 8, ReceiveMessages = 8 };
        var (_, near, socket, far) = await Connected(small, small);
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Many; i++)
                Assert.True((await near.SendAsync(Encoding.ASCII.GetBytes($"{i:D3000}")).Soon()).IsSuccess);
        });
        Assert.True(await sending.IsStuck());
        await Patience.Until(() => socket.Status.Unread > 0);
        Assert.InRange(socket.Status.Unread, 1, 8);
        for (var i = 0; i < Many; i++) Assert.Equal($"{i:D3000}", await Take(far));
        await sending.Soon();
    }

    [SctpFact]
    public async Task A_peeled_association_is_leased_to_the_next_owner_with_what_nobody_consumed()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        for (var i = 0; i < 6; i++) await client.Send($"{i}", On(at));
        var peeled = server.Socket.PeelOff(there, SctpPeelFlags.None).Socket!;
        var connection = SctpRecordTransport.Connection(peeled, _options);
        var first = Owned(connection);
        Assert.Equal(client.Place, connection.RemoteEndPoint);
        for (var i = 0; i < 3; i++) Assert.Equal($"{i}", await Take(first));
        Assert.True(connection.Offer().IsSuccess);
        var second = connection.Lease(2);
        Assert.Equal(ResultCode.EESECURITY, (await first.SendAsync("x"u8.ToArray()).Soon()).Code);
        for (var i = 3; i < 6; i++) Assert.Equal($"{i}", await Take(second));
        Assert.True((await second.SendAsync("back"u8.ToArray()).Soon()).IsSuccess);
        Assert.Equal("back", await client.Reads());
    }

    [SctpFact]
    public async Task Its_descriptor_leaves_the_process_where_the_back_end_passes_it_and_is_refused_elsewhere()
    {
        var passes = Kind.Backend.Capabilities.HasFlag(SctpCapabilities.Passes);
        Assert.Equal(
            passes ? TransportCapabilities.PassDescriptors : TransportCapabilities.None,
            OneToOne(_options).Capabilities);
        var (near, _, _, far) = await Connected(_options);
        Assert.True(near.Offer().IsSuccess);
        var (detached, result) = await near.DetachAsync(CancellationToken.None).Soon();
        Assert.Equal(passes ? ResultCode.EESUCCESS : ResultCode.EEMODENOTSUPP, result.Code);
        Assert.Equal(passes, detached?.Descriptor is not null);
        if (passes) near.GoOn();
        Assert.True((await near.Lease(2).SendAsync("it stayed"u8.ToArray()).Soon()).IsSuccess);
        Assert.Equal("it stayed", await Take(far));
    }

    [SctpFact]
    public async Task A_peer_that_is_reset_says_so_after_what_it_had_sent()
    {
        var (server, client) = (Open(), Open());
        var (at, there) = await Join(client, server);
        var lease = Owned(SctpRecordTransport.Connection(
            server.Socket.PeelOff(there, SctpPeelFlags.None).Socket!, _options));
        await client.Send("last words", On(at));
        Assert.Equal("last words", await Take(lease));
        client.End(at, SctpSendFlags.Abort);
        var end = await lease.ReadAsync().Soon();
        Assert.Equal((MessageKind.End, ResultCode.EERESET), (end.Kind, end.Code));
    }

    [SctpFact]
    public async Task What_cannot_be_is_refused_by_code()
    {
        var transport = OneToOne(_options);
        Assert.Equal("sctp-one-to-one", transport.Name);
        var nowhere = new DnsEndPoint("localhost", 1);
        Assert.Equal(ResultCode.EEBADADDR, transport.ListenRecords(nowhere, 1).Result.Code);
        Assert.Equal(ResultCode.EEBADADDR, (await transport.ConnectRecordsAsync(nowhere, Long, default)).Result.Code);
        var refused = await transport.ConnectRecordsAsync(Kind.Nobody, Long, default).Soon();
        Assert.Equal(ResultCode.EECONNREFUSED, refused.Result.Code);
        var (_, near, _, _) = await Connected(_options);
        Assert.Equal(ResultCode.EEBADDATA, (await near.SendAsync(default).Soon()).Code);
    }

    private async Task<(MessageSocket Near, MessageLease NearLease, MessageSocket Far, MessageLease FarLease)>
        Connected(MessageOptions options, MessageOptions? ofFar = null)
    {
        using var listener = OneToOne(ofFar ?? options)
            .ListenRecords(new IPEndPoint(Kind.Address, 0), 4).Listener!;
        var near = (await OneToOne(options)
            .ConnectRecordsAsync(listener.LocalEndPoint, Long, default).Soon()).Socket!;
        var far = (await listener.AcceptAsync().Soon()).Socket!;
        return (near, Owned(near), far, Owned(far));
    }

    private SctpRecordTransport OneToOne(MessageOptions options) =>
        new(() => (Kind.Backend, SocketResult.Success), SctpStyle.OneToOne, Kind.Options, Endpoint, options);

    private MessageLease Owned(MessageSocket connection)
    {
        _connections.Add(connection);
        connection.Start();
        return connection.Lease(1);
    }

    private static async Task<string> Take(MessageLease lease)
    {
        var message = await lease.ReadAsync().Soon();
        Assert.Equal((MessageKind.Data, ResultCode.EESUCCESS), (message.Kind, message.Code));
        var text = Encoding.ASCII.GetString(message.Bytes.Span);
        lease.Consume();
        return text;
    }
}
