using System.Net;
using System.Net.Sockets;
using System.Text;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sockets.Messages;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Sockets.Messages;

public sealed class MessageMoveTests : IAsyncLifetime
{
    private readonly OtherProcess _world = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task What_was_cut_and_what_failed_goes_along_with_its_facts_and_in_its_place()
    {
        using var peer = Udp();
        var options = OtherProcess.Options with { MaxMessage = 4 };
        var socket = _world.Open(Loopback.AnyPort, peer.LocalEndPoint!, options);
        peer.SendTo("too long"u8, socket.LocalEndPoint!);
        await Received(socket, 1);
        var gone = peer.LocalEndPoint;
        peer.Dispose();
        var lease = socket.Lease(1);
        Assert.True((await lease.SendAsync("lost"u8.ToArray())).IsSuccess);
        await Received(socket, 2);
        Assert.True(socket.Offer().IsSuccess);
        var moved = await OtherProcess.MoveAsync(socket, _world.There, options);
        var status = moved.Status;
        Assert.Equal((2, 0, 1, 1), (status.Received, status.Consumed, status.Accepted, status.Sent));
        lease = moved.Lease(1);
        var cut = await Take(lease);
        Assert.Equal((MessageKind.Data, "too ", true), (cut.Kind, Text(cut), cut.Facts.IsTruncated));
        var failure = await Take(lease);
        Assert.Equal(
            (MessageKind.Failure, ResultCode.EECONNREFUSED, gone),
            (failure.Kind, failure.Code, failure.Facts.Address));
        Assert.Equal(ResultCode.EEISCONN, (await lease.SendAsync(new byte[1], Loopback.AnyPort)).Code);
    }

    [Fact]
    public async Task What_waits_for_room_when_it_stops_is_sent_first_from_there()
    {
        using var pair = await RecordPair.ConnectAsync(_world);
        var lease = pair.Near.Lease(1);
        var sent = new List<string>();
        while (pair.Near.Status.Unsent < 3)
        {
            sent.Add($"{sent.Count} {new string('x', 1000)}");
            Assert.True((await lease.SendAsync(Encoding.ASCII.GetBytes(sent[^1]))).IsSuccess);
        }

        Assert.True(pair.Near.Offer().IsSuccess);
        await OtherProcess.MoveAsync(pair.Near, _world.There);
        foreach (var record in sent) Assert.Equal(record, await pair.ReceiveAsync());
    }

    [Fact]
    public async Task A_reset_that_the_system_told_before_is_told_there_after_the_last_record()
    {
        var options = OtherProcess.Options with { ReceiveMessages = 1 };
        using var pair = await RecordPair.ConnectAsync(_world, options);
        pair.Send("one");
        await Received(pair.Near, 1);
        pair.Send("two", "three");
        var lease = pair.Near.Lease(1);
        Assert.True((await lease.SendAsync("unread"u8.ToArray())).IsSuccess);
        pair.Peer.Dispose();
        Assert.Equal("one", Text(await Take(lease)));
        await Received(pair.Near, 2);
        Assert.True(pair.Near.Offer().IsSuccess);
        var detached = await OtherProcess.DetachAsync(pair.Near);
        Assert.True(detached.IsReset);
        using var copy = OtherProcess.CopyOf(detached.Descriptor!);
        pair.Near.Leave();
        lease = OtherProcess.Adopted(copy, pair.Near, _world.There, detached, options).Lease(1);
        Assert.Equal(("two", "three"), (Text(await Take(lease)), Text(await Take(lease))));
        Assert.Equal((MessageKind.End, ResultCode.EERESET), await End(lease));
    }

    [Fact]
    public async Task Records_whose_peer_has_gone_already_are_read_to_their_end()
    {
        using var pair = await RecordPair.ConnectAsync(_world);
        var peer = pair.Near.PeerCredentials;
        pair.Send("last");
        pair.Peer.Dispose();
        await Until(pair.Near, status => status.InputEnded);
        var moved = await OtherProcess.MoveAsync(pair.Near, _world.There);
        Assert.Equal(peer, moved.PeerCredentials);
        Assert.Equal(Environment.ProcessId, peer!.ProcessId);
        var lease = moved.Lease(1);
        Assert.Equal("last", Text(await Take(lease)));
        Assert.Equal((MessageKind.End, ResultCode.EESUCCESS), await End(lease));
    }

    [Fact]
    public async Task The_end_of_records_that_moved_is_told_though_another_has_a_copy_of_them()
    {
        using var pair = await RecordPair.ConnectAsync(_world);
        var detached = await OtherProcess.DetachAsync(pair.Near);
        using var kept = OtherProcess.CopyOf(detached.Descriptor!);
        using var copy = OtherProcess.CopyOf(detached.Descriptor!);
        pair.Near.Leave();
        var moved = OtherProcess.Adopted(copy, pair.Near, _world.There, detached);
        moved.Close();
        await moved.Completion.WaitAsync(Loopback.Bound);
        Assert.Equal("", await pair.ReceiveAsync());
    }

    [Fact]
    public async Task The_file_of_Unix_datagrams_stays_and_they_are_received_there_from_those_who_sent_by_it()
    {
        var folder = Directory.CreateTempSubdirectory("handoff");
        try
        {
            var place = new UnixDomainSocketEndPoint(Path.Combine(folder.FullName, "datagrams"));
            var name = new UnixDomainSocketEndPoint($"\0handoff-{Guid.NewGuid():N}");
            var socket = _world.Open(place, remote: null);
            var sender = _world.Open(name, place).Lease(1);
            Assert.True((await sender.SendAsync("before"u8.ToArray())).IsSuccess);
            await Received(socket, 1);
            var moved = await OtherProcess.MoveAsync(socket, _world.There);
            await socket.DisposeAsync();
            Assert.True((await sender.SendAsync("after"u8.ToArray())).IsSuccess);
            var lease = moved.Lease(1);
            var before = await Take(lease);
            Assert.Equal(("before", name), (Text(before), before.Facts.Address));
            var after = await lease.ReadAsync().AsTask().WaitAsync(Loopback.Bound);
            Assert.Equal(("after", name), (Text(after), after.Facts.Address));
            var other = _world.Open(new UnixDomainSocketEndPoint($"\0handoff-{Guid.NewGuid():N}"), remote: null);
            Assert.True((await lease.SendAsync("hello"u8.ToArray(), other.LocalEndPoint)).IsSuccess);
            Assert.Equal("hello", Text(await Take(other.Lease(1))));
            await moved.DisposeAsync();
            Assert.True(File.Exists(place.ToString()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The membership and the options are the open file's.
    [Fact]
    public async Task A_member_of_a_group_is_one_there_and_has_its_options()
    {
        const int Loop = 1, Level = 5;
        var group = IPAddress.Parse("239.255.7.9");
        var socket = _world.Open(new IPEndPoint(IPAddress.Any, 0), remote: null);
        Assert.True(socket.SetOption(SocketOption.JoinGroup(group, Loop)).IsSuccess);
        Assert.True(socket.SetOption(SocketOption.MulticastTimeToLive(Level)).IsSuccess);
        var moved = await OtherProcess.MoveAsync(socket, _world.There);
        Assert.Equal(Level, moved.GetOption(SocketOptionKind.MulticastTimeToLive).Option!.Value);
        var sender = _world.Open(Loopback.AnyPort, remote: null);
        Assert.True(sender.SetOption(SocketOption.MulticastInterface(Loop)).IsSuccess);
        var to = new IPEndPoint(group, ((IPEndPoint)moved.LocalEndPoint!).Port);
        Assert.True((await sender.Lease(1).SendAsync("to all"u8.ToArray(), to)).IsSuccess);
        Assert.Equal("to all", Text(await Take(moved.Lease(1))));
    }

    [Fact]
    public async Task A_listener_of_records_goes_on_there_with_those_who_wait_in_it()
    {
        var name = new UnixDomainSocketEndPoint($"\0handoff-{Guid.NewGuid():N}");
        var listener = new RecordListener(_world.Here.ListenRecords(name, 4).Socket!, OtherProcess.Options);
        using var early = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        await early.ConnectAsync(name).WaitAsync(Loopback.Bound);
        listener.Passable!.Pause();
        using var copy = OtherProcess.CopyOf(listener.Passable.Lend().Socket!);
        listener.Passable.Leave();
        using var there = new RecordListener(_world.There.AdoptRecordListener(copy).Socket!, OtherProcess.Options);
        using var late = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        await late.ConnectAsync(name).WaitAsync(Loopback.Bound);
        foreach (var peer in new[] { early, late })
        {
            var accepted = (await there.AcceptAsync().AsTask().WaitAsync(Loopback.Bound)).Socket!;
            accepted.Start();
            peer.Send("hello"u8);
            Assert.Equal("hello", Text(await Take(accepted.Lease(1))));
        }
    }

    [Fact]
    public async Task It_stops_once_and_not_where_it_is_in_use_or_closed_and_not_without_an_engine_that_can()
    {
        var socket = _world.Open(Loopback.AnyPort, remote: null);
        socket.Lease(1);
        Assert.Equal(ResultCode.EEBUSY, (await socket.DetachAsync(default)).Result.Code);
        Assert.True(socket.Offer().IsSuccess);
        await OtherProcess.DetachAsync(socket);
        Assert.Equal(ResultCode.EEALREADY, (await socket.DetachAsync(default)).Result.Code);
        socket.GoOn();
        await OtherProcess.DetachAsync(socket);
        socket.GoOn();
        await socket.DisposeAsync();
        Assert.Equal(ResultCode.EEBADF, (await socket.DetachAsync(default)).Result.Code);
        var scripted = new MessageSocket(new ScriptedDatagrams(), OtherProcess.Options);
        Assert.Equal(ResultCode.EEMODENOTSUPP, (await scripted.DetachAsync(default)).Result.Code);
    }

    // Whichever is first, it ends, and nobody waits for ever.
    [Fact]
    public async Task One_that_is_closed_while_it_stops_ends_all_the_same()
    {
        for (var i = 0; i < 200; i++)
        {
            var socket = _world.Open(Loopback.AnyPort, remote: null);
            using var bound = new CancellationTokenSource(Loopback.Bound);
            var closing = Task.Run(socket.Close);
            var (detached, result) = await socket.DetachAsync(bound.Token);
            await closing.WaitAsync(Loopback.Bound);
            if (detached is not null) socket.GoOn();
            else Assert.Equal(ResultCode.EEBADF, result.Code);
            Assert.True((await socket.Completion.WaitAsync(Loopback.Bound)).IsSuccess);
        }
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_and_stays_the_callers()
    {
        using var pair = await RecordPair.ConnectAsync(_world);
        var lent = (await OtherProcess.DetachAsync(pair.Near)).Descriptor!;
        Assert.Equal(ResultCode.EEMODENOTSUPP, _world.There.AdoptDatagrams(lent, null, null).Code);
        Assert.Equal(ResultCode.EENOTLISTN, _world.There.AdoptRecordListener(lent).Code);
        Assert.Equal(ResultCode.EEMODENOTSUPP, _world.There.Adopt(lent).Code);
        using var datagrams = new SocketDescriptor(
            SystemCalls.Socket(Native.FamilyIPv4, Native.DatagramSocket | Native.CloseOnExec, 0));
        Assert.Equal(ResultCode.EEMODENOTSUPP, _world.There.AdoptRecords(datagrams, null, null).Code);
        var name = new UnixDomainSocketEndPoint($"\0handoff-{Guid.NewGuid():N}");
        using var listener = _world.Here.ListenRecords(name, 1).Socket!;
        var passable = (IPassable)listener;
        Assert.Equal(ResultCode.EEISLISTEN, _world.There.AdoptRecords(passable.Lend().Socket!, null, null).Code);
        passable.GoOn();
        pair.Near.GoOn();
        pair.Send("hello");
        Assert.Equal("hello", Text(await Take(pair.Near.Lease(1))));
    }

    private static Socket Udp()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(Loopback.AnyPort);
        return socket;
    }

    private static Task Received(MessageSocket socket, int messages) =>
        Until(socket, status => status.Received >= messages);

    private static async Task Until(MessageSocket socket, Func<MessageStatus, bool> isSo)
    {
        using var bound = new CancellationTokenSource(Loopback.Bound);
        while (!isSo(socket.Status))
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<MessageResult> Take(MessageLease lease)
    {
        var message = await lease.ReadAsync().AsTask().WaitAsync(Loopback.Bound);
        Assert.True(message.IsOpen, $"{message.Code}");
        message = message with { Bytes = message.Bytes.ToArray() };
        Assert.Equal(ResultCode.EESUCCESS, lease.Consume());
        return message;
    }

    private static async Task<(MessageKind Kind, ResultCode Code)> End(MessageLease lease)
    {
        var end = await lease.ReadAsync().AsTask().WaitAsync(Loopback.Bound);
        return (end.Kind, end.Code);
    }

    private static string Text(in MessageResult message) => Encoding.ASCII.GetString(message.Bytes.Span);
}
