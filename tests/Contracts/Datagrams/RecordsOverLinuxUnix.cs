using System.Net;
using System.Net.Sockets;
using System.Text;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Engine.Portable;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;
using Handoff.Transport.Unix;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

/// <summary>Connections of records, which only the Linux engine has.</summary>
public sealed class RecordsOverLinuxUnix(ITestOutputHelper output)
    : DatagramSuite(DatagramKind.OfUnix(), output)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [LinuxFact]
    public async Task Records_arrive_whole_and_in_order_and_the_end_is_an_end()
    {
        var (near, far) = await Connected();
        var random = Seeded();
        var sent = Enumerable.Range(0, 300).Select(_ => new byte[random.Next(1, 3000)]).ToArray();
        var sending = Task.Run(async () =>
        {
            foreach (var record in sent)
            {
                random.NextBytes(record);
                await Send(near, record, to: null);
            }

            Assert.Equal(ResultCode.EESUCCESS, near.FinishSending());
        });
        for (var i = 0; i < sent.Length; i++)
        {
            var record = await far.ReadAsync().Soon();
            Assert.Equal(sent[i], record.Bytes.ToArray());
            far.Consume();
        }

        Assert.Equal(ResultCode.EESUCCESS, await EndOf(far.ReadAsync().AsTask()));
        await sending.Soon();
        await Send(far, "after the end of the other", to: null);
        Assert.Equal("after the end of the other", await Take(near));
        Assert.Equal(ResultCode.EENOTCONN, (await near.SendAsync("x"u8.ToArray()).Soon()).Code);
    }

    [LinuxFact]
    public async Task An_empty_record_would_be_an_end_and_is_refused()
    {
        var (near, far) = await Connected();
        Assert.Equal(ResultCode.EEBADDATA, (await near.SendAsync(default).Soon()).Code);
        await Send(near, "one", to: null);
        Assert.Equal("one", await Take(far));
    }

    [LinuxFact]
    public async Task A_record_that_is_too_long_is_told_truncated()
    {
        var (near, far) = await Connected(Options with { MaxMessage = 100 });
        await Send(near, new string('x', 100), to: null);
        var (plain, other) = await Accepted(Options with { MaxMessage = 100 });
        using var _ = plain;
        plain.Send(new byte[101]);
        var cut = await other.ReadAsync().Soon();
        Assert.Equal((100, true), (cut.Bytes.Length, cut.Facts.IsTruncated));
        Assert.Equal(100, (await far.ReadAsync().Soon()).Bytes.Length);
    }

    [LinuxFact]
    public async Task What_is_in_the_way_of_a_peer_that_does_not_read_is_bounded_and_arrives()
    {
        var (near, far) = await Connected(Options with { SendMessages = 8, ReceiveMessages = 8 });
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 3000; i++) await Send(near, $"{i:D500}", to: null);
        });
        Assert.True(await sending.IsStuck());
        for (var i = 0; i < 3000; i++) Assert.Equal($"{i:D500}", await Take(far));
        await sending.Soon();
    }

    [LinuxFact]
    public async Task A_peer_that_closes_with_records_unread_resets_after_what_it_had_sent()
    {
        var (plain, lease) = await Accepted();
        plain.Send("last words"u8);
        await Send(lease, "unread", to: null);
        plain.Close();
        Assert.Equal("last words", await Take(lease));
        Assert.Equal(ResultCode.EERESET, await EndOf(lease.ReadAsync().AsTask()));
        Assert.Equal(ResultCode.EERESET, (await lease.SendAsync("x"u8.ToArray()).Soon()).Code);
    }

    [LinuxFact]
    public async Task What_cannot_be_is_refused_by_code()
    {
        var transport = Transport(Options);
        var place = Kind.AnyPlace;
        var nobody = await transport.ConnectRecordsAsync(place, Bound, default).Soon();
        Assert.Equal(ResultCode.EECONNREFUSED, nobody.Result.Code);
        Assert.Equal(ResultCode.EEBADADDR, transport.ListenRecords(Kind.WrongPlace, 1).Result.Code);
        var wrong = await transport.ConnectRecordsAsync(Kind.WrongPlace, Bound, default);
        Assert.Equal(ResultCode.EEBADADDR, wrong.Result.Code);
        using var listener = transport.ListenRecords(place, 1).Listener!;
        Assert.Equal(ResultCode.EEADDRINUSE, transport.ListenRecords(place, 1).Result.Code);
        using var cancel = new CancellationTokenSource();
        var accepting = listener.AcceptAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        Assert.Equal(ResultCode.EEINTR, (await accepting.Soon()).Result.Code);
        accepting = listener.AcceptAsync().AsTask();
        listener.Dispose();
        Assert.Equal(ResultCode.EEBADF, (await accepting.Soon()).Result.Code);
    }

    [LinuxFact]
    public async Task The_process_at_the_other_end_is_told()
    {
        var transport = Transport(Options);
        var place = Kind.AnyPlace;
        using var listener = transport.ListenRecords(place, 4).Listener!;
        var near = (await transport.ConnectRecordsAsync(place, Bound, default).Soon()).Socket!;
        var far = (await listener.AcceptAsync().Soon()).Socket!;
        Owned(near);
        Owned(far);
        Assert.Equal(Environment.ProcessId, near.PeerCredentials!.ProcessId);
        Assert.Equal(near.PeerCredentials, far.PeerCredentials);
        Assert.Equal((place, null), (near.RemoteEndPoint, far.RemoteEndPoint));
    }

    [LinuxFact]
    public void What_a_dead_process_left_is_in_use_unless_stale_files_are_to_be_removed()
    {
        var path = Path.Combine(Path.GetTempPath(), $"handoff-{Guid.NewGuid():N}");
        var place = new UnixDomainSocketEndPoint(path);
        var dead = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        dead.Bind(place);
        UnixDatagramTests.CloseAndLeaveTheFile(dead, path);
        Assert.Equal(ResultCode.EEADDRINUSE, Transport(Options).ListenRecords(place, 1).Result.Code);
        var removing = new UnixRecordTransport(DatagramKind.Loops!, Options) { RemovesStaleFiles = true };
        using var listener = removing.ListenRecords(place, 1).Listener;
        Assert.NotNull(listener);
        Assert.Equal(ResultCode.EEADDRINUSE, removing.ListenRecords(place, 1).Result.Code);
        Assert.True(File.Exists(path));
    }

    [LinuxFact]
    public async Task Streams_are_no_business_of_it()
    {
        var transport = Transport(Options);
        Assert.Equal(ResultCode.EEMODENOTSUPP, ((ITransport)transport).Listen(Kind.AnyPlace, 1).Result.Code);
        var connected = await ((ITransport)transport).ConnectAsync(Kind.AnyPlace, Bound, default).Soon();
        Assert.Equal(ResultCode.EEMODENOTSUPP, connected.Result.Code);
    }

    [Fact]
    public async Task An_engine_without_records_says_so()
    {
        var transport = new UnixRecordTransport(new PortableEngine(), Options);
        var place = new UnixDomainSocketEndPoint("handoff-nowhere");
        Assert.Equal(ResultCode.EEMODENOTSUPP, transport.ListenRecords(place, 1).Result.Code);
        var connected = await transport.ConnectRecordsAsync(place, Bound, default).Soon();
        Assert.Equal(ResultCode.EEMODENOTSUPP, connected.Result.Code);
    }

    private static UnixRecordTransport Transport(MessageOptions options) => new(DatagramKind.Loops!, options);

    private async Task<(MessageLease Near, MessageLease Far)> Connected(MessageOptions? options = null)
    {
        var transport = Transport(options ?? Options);
        var place = Kind.AnyPlace;
        using var listener = transport.ListenRecords(place, 4).Listener!;
        var near = await transport.ConnectRecordsAsync(place, Bound, default).Soon();
        Assert.True(near.Result.IsSuccess, near.Result.ToString());
        var far = await listener.AcceptAsync().Soon();
        return (Owned(near.Socket!), Owned(far.Socket!));
    }

    // The peer is a socket of the system's.
    private async Task<(Socket Plain, MessageLease Lease)> Accepted(MessageOptions? options = null)
    {
        var place = Kind.AnyPlace;
        using var listener = Transport(options ?? Options).ListenRecords(place, 4).Listener!;
        var plain = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        await plain.ConnectAsync(place).Soon();
        var accepted = await listener.AcceptAsync().Soon();
        return (plain, Owned(accepted.Socket!));
    }
}
