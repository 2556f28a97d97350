using System.Net.Sockets;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Handles.Passing;

[Collection(nameof(Alone))]
public sealed class ControlSocketTests : IDisposable
{
    private static readonly HandleOptions Options = new() { SendTimeout = TimeSpan.FromMilliseconds(50) };
    private readonly LinuxEngine _engine = new(new LinuxEngineOptions { Loops = 1 });
    private readonly ControlSocket _near;
    private readonly ControlSocket _far;

    public ControlSocketTests() => (_near, _far) = ControlSocket.Pair(_engine, Options, PeerRule.SameUser).Socket!;

    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
        _engine.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(253)]
    public async Task A_message_comes_with_all_its_descriptors_in_order_and_closed_on_exec(int count)
    {
        var sent = Enumerable.Range(1, count).Select(value => OpenDescriptors.Event((uint)value)).ToArray();
        Assert.True((await _near.SendAsync("hello"u8.ToArray(), sent, default)).IsSuccess);
        var message = await Next(_far);
        Assert.Equal("hello"u8.ToArray(), message.Bytes.ToArray());
        Assert.Equal(count, message.Descriptors.Count);
        Assert.Equal(Environment.ProcessId, message.Sender!.ProcessId);
        for (var i = 1; i <= count; i++)
        {
            using var one = message.Descriptors.Take();
            Assert.Equal((ulong)i, OpenDescriptors.Read(one));
            Assert.Equal(1, SystemCalls.Control(one.Number, 1, 0) & 1);
        }

        Array.ForEach(sent, one => one.Dispose());
    }

    [Fact]
    public async Task More_descriptors_or_bytes_than_a_message_takes_are_refused_and_nothing_is_sent()
    {
        using var one = OpenDescriptors.Event(1);
        var many = await _near.SendAsync(new byte[1], [.. Enumerable.Repeat(one, 254)], default);
        var large = await _near.SendAsync(new byte[Options.MaxFrame + 1], [], default);
        Assert.Equal((ResultCode.EEMSGSIZE, ResultCode.EEMSGSIZE), (many.Code, large.Code));
        var nothing = await _far.ReceiveAsync(TimeSpan.FromMilliseconds(1), default);
        Assert.Equal(ResultCode.EETIMEDOUT, nothing.Result.Code);
    }

    [Fact]
    public async Task What_nobody_took_is_closed_with_the_message()
    {
        var before = OpenDescriptors.Count;
        using (var one = OpenDescriptors.Event(1)) await _near.SendAsync(new byte[1], [one, one, one], default);
        var message = await Next(_far);
        Assert.Equal(before + 3, OpenDescriptors.Count);
        message.Descriptors.Take().Dispose();
        message.Descriptors.Dispose();
        Assert.Equal(before, OpenDescriptors.Count);
    }

    // The receiver's limit: the kernel closes what finds no room, says so by a flag, and all the rest is closed here.
    [Fact]
    public async Task A_message_whose_descriptors_do_not_all_find_room_is_failed_and_none_of_them_stays_open()
    {
        using var one = OpenDescriptors.Event(1);
        await _near.SendAsync(new byte[1], [.. Enumerable.Repeat(one, 200)], default);
        await _near.SendAsync("next"u8.ToArray(), [one], default);
        ControlMessage failed;
        int before;
        using (DescriptorLimit.Lowered(DescriptorReserve.Next() + 20))
        {
            before = OpenDescriptors.Count;
            failed = await Next(_far);
        }

        Assert.Equal(ResultCode.EENOSOCKS, failed.Result.Code);
        Assert.Equal((0, before), (failed.Descriptors.Count, OpenDescriptors.Count));
        using var next = (await Next(_far)).Descriptors;
        Assert.Equal(1, next.Count);
    }

    [Fact]
    public async Task Descriptors_that_are_left_to_others_are_not_taken_by_a_message()
    {
        var limit = DescriptorReserve.Next() + 60;
        await using var engine = new LinuxEngine(
            new LinuxEngineOptions { Loops = 1, ReservedDescriptors = 20, DescriptorLimit = limit });
        var (near, far) = ControlSocket.Pair(engine, Options, PeerRule.SameUser).Socket!;
        using var nearEnd = near;
        using var farEnd = far;
        using var one = OpenDescriptors.Event(1);
        await near.SendAsync(new byte[1], [.. Enumerable.Repeat(one, 100)], default);
        var before = OpenDescriptors.Count;
        var failed = (await Next(far)).Result;
        Assert.Equal(ResultCode.EENOSOCKS, failed.Code);
        Assert.Contains("found room here", failed.Reason, StringComparison.Ordinal); // the kernel opened no others
        Assert.Equal(before, OpenDescriptors.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void No_more_descriptors_are_opened_than_there_is_room_for_and_the_sender_is_named_all_the_same(int room)
    {
        var (near, far) = Records.Pair();
        using var sender = near;
        using var receiver = far;
        Assert.True(SocketOptions.TrySet(far.Number, Native.SocketLevel, Native.PassCredentials, 1));
        using var one = OpenDescriptors.Event(1);
        ControlCalls.Send(near.Number, new byte[1], [one.Number, one.Number, one.Number, one.Number], out var error);
        var received = ControlCalls.Receive(far.Number, new byte[1], room);
        using var passed = new PassedDescriptors(received.Numbers);
        Assert.Equal((Errno.None, Errno.None, room), (error, received.Error, passed.Count));
        Assert.NotEqual(0, received.Flags & Native.ControlTruncated);
        Assert.Equal(Environment.ProcessId, received.Sender!.ProcessId);
    }

    [Fact]
    public async Task A_message_that_is_too_long_for_the_receiver_is_failed_with_its_descriptors()
    {
        var options = Options with { MaxFrame = HandleOptions.SmallestFrame };
        var (near, far) = Records.Pair();
        using var sender = ControlSocket.Adopt(_engine, near, Options, PeerRule.SameUser).Socket!;
        using var receiver = ControlSocket.Adopt(_engine, far, options, PeerRule.SameUser).Socket!;
        using var one = OpenDescriptors.Event(1);
        var before = OpenDescriptors.Count;
        await sender.SendAsync(new byte[HandleOptions.SmallestFrame + 1], [one], default);
        Assert.Equal(ResultCode.EEMSGSIZE, (await Next(receiver)).Result.Code);
        Assert.Equal(before, OpenDescriptors.Count);
    }

    [Fact]
    public async Task What_a_peer_sent_before_it_closed_comes_also_where_it_left_something_unread()
    {
        await _far.SendAsync("unread"u8.ToArray(), [], default);
        using (var one = OpenDescriptors.Event(7)) await _near.SendAsync("last"u8.ToArray(), [one], default);
        _near.Dispose();
        var last = await Next(_far);
        Assert.Equal("last"u8.ToArray(), last.Bytes.ToArray());
        using (var one = last.Descriptors.Take()) Assert.Equal(7u, OpenDescriptors.Read(one));
        var end = await Next(_far);
        Assert.Equal((true, ResultCode.EERESET), (end.IsEnd, end.Result.Code));
        Assert.Equal(ResultCode.EERESET, (await _far.SendAsync(new byte[1], [], default)).Code);
    }

    [Fact]
    public async Task A_send_that_finds_no_room_waits_for_no_longer_than_its_bound()
    {
        Fill(_near);
        Assert.Equal(ResultCode.EETIMEDOUT, (await _near.SendAsync(new byte[1024], [], default)).Code);
    }

    [Fact]
    public async Task A_send_that_waits_for_room_goes_on_when_there_is_some()
    {
        var patient = Options with { SendTimeout = Loopback.Bound };
        var (near, far) = ControlSocket.Pair(_engine, patient, PeerRule.SameUser).Socket!;
        using var nearEnd = near;
        using var farEnd = far;
        var count = Fill(near);
        var waiting = near.SendAsync(new byte[100], [], default).AsTask();
        for (var i = 0; i < count; i++) Assert.Equal(1024, (await Next(far)).Bytes.Length);
        Assert.True((await waiting).IsSuccess);
        Assert.Equal(100, (await Next(far)).Bytes.Length);
    }

    [Fact]
    public async Task A_receive_that_is_cancelled_loses_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = _far.ReceiveAsync(Loopback.Bound, cancel.Token).AsTask();
        await cancel.CancelAsync();
        Assert.Equal(ResultCode.EEINTR, (await waiting).Result.Code);
        await _near.SendAsync("still"u8.ToArray(), [], default);
        Assert.Equal("still"u8.ToArray(), (await Next(_far)).Bytes.ToArray());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_message_of_somebody_who_may_not_is_refused_and_its_descriptors_are_closed(
        bool user, bool process)
    {
        var rule = new PeerRule
        {
            Users = user ? new HashSet<uint> { 4_000_000_000 } : null,
            ProcessId = process ? Environment.ProcessId + 1 : null,
        };
        var (near, far) = Records.Pair();
        using var sender = ControlSocket.Adopt(_engine, near, Options, PeerRule.SameUser).Socket!;
        using var receiver = ControlSocket.Adopt(_engine, far, Options, rule).Socket!;
        using var one = OpenDescriptors.Event(1);
        var before = OpenDescriptors.Count;
        await sender.SendAsync(new byte[1], [one], default);
        var refused = await Next(receiver);
        Assert.Equal((ResultCode.EESECURITY, false), (refused.Result.Code, refused.IsEnd));
        Assert.Equal(before, OpenDescriptors.Count);
    }

    [Fact]
    public async Task It_connects_over_a_path_and_knows_its_peer()
    {
        var address = new UnixDomainSocketEndPoint($"\0handoff-control-{Guid.NewGuid():n}");
        using var listener = _engine.ListenRecords(address, 1).Socket!;
        using var connected = (await ControlSocket.ConnectAsync(
            _engine, listener.LocalEndPoint, Options, PeerRule.SameUser, default)).Socket!;
        var accepted = (await listener.AcceptAsync(default)).Socket!;
        using var far = ControlSocket.Adopt(_engine, accepted, Options, PeerRule.SameUser).Socket!;
        Assert.Equal(Environment.ProcessId, far.Peer!.ProcessId);
        using var one = OpenDescriptors.Event(9);
        await connected.SendAsync(new byte[1], [one], default);
        using var passed = (await Next(far)).Descriptors.Take();
        Assert.Equal(9u, OpenDescriptors.Read(passed));
    }

    // Until there is no room; how many found some.
    private static int Fill(ControlSocket socket)
    {
        for (var count = 0; ; count++)
        {
            var sent = socket.TrySend(new byte[1024], []);
            if (sent.Code is ResultCode.EEWOULDBLOCK) return count;
            Assert.True(sent.IsSuccess && count < 10_000, sent.ToString());
        }
    }

    private static async Task<ControlMessage> Next(ControlSocket socket) =>
        await socket.ReceiveAsync(Loopback.Bound, default);
}
