using System.Net.Sockets;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

public sealed class RecordsToProcessTests(ITestOutputHelper output) : MessageProcessKit(output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Records_unread_and_unsent_come_along_and_an_end_of_either_side_stays_behind_them(bool isFinished)
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnRecordsAsync(owner);
        using var _ = peer;
        Say(peer, "one", "two", "three");
        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal("one", (await TakeAsync(first.Messages)).Text);
        AwaitUnread(first, 2);
        var asker = CreateTestProbe();
        var sent = 0;
        for (; StatusOf(asker, first.Handle.Socket).Facts.Unsent < 4000; sent++)
            await SendAsync(first.Messages, $"{sent:d2000}");
        if (isFinished) Assert.Equal(ResultCode.EESUCCESS, first.Messages!.FinishSending());
        Release(owner, first.Handle, Peer("login", service));
        var offered = service.ExpectMsg<Offered>();
        Assert.Equal(
            (SocketKind.Records, "unix-record", 8L, 2L),
            (offered.Facts.Kind, offered.Facts.Transport, offered.Facts.Unread, offered.Facts.UnreadMessages));
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, service), service);
        var second = service.ExpectMsg<Acquired>();
        owner.ExpectMsg<Released>();
        Assert.Equal((1L, (long)sent), (second.Consumed, second.Written));
        Assert.Equal(Environment.ProcessId, second.Facts.PeerCredentials?.ProcessId);
        Assert.Equal("two", (await TakeAsync(second.Messages)).Text);
        Assert.Equal("three", (await TakeAsync(second.Messages)).Text);
        Assert.Equal(MessageKind.End, (await second.Messages!.ReadAsync()).Kind);
        if (!isFinished)
        {
            await SendAsync(second.Messages, $"{sent++:d2000}");
            Assert.Equal(ResultCode.EESUCCESS, second.Messages.FinishSending());
        }

        Assert.Equal(ResultCode.EENOTCONN, (await second.Messages.SendAsync(new byte[1])).Code);
        for (var i = 0; i < sent; i++) Assert.Equal($"{i:d2000}", await HearAsync(peer));
        Assert.Equal("", await HearAsync(peer));
    }

    [Fact]
    public async Task The_old_process_is_no_part_of_it_any_more()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnRecordsAsync(owner, Reading.Active(8));
        using var _ = peer;
        owner.Watch(first.Handle.Socket);
        Release(owner, first.Handle, Peer("login", service));
        var second = Take(service);
        owner.ExpectMsg<Released>();
        owner.ExpectTerminated(first.Handle.Socket);
        await SendAsync(second.Messages, "hello");
        Assert.Equal("hello", await HearAsync(peer));
        second.Handle.Socket.Tell(new Close(second.Handle), service);
        Assert.True(service.ExpectMsg<Closed>().Result.IsSuccess);
        Assert.Equal("", await HearAsync(peer));
    }

    [Fact]
    public async Task A_listener_of_records_accepts_in_the_process_that_acquired_it()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var listening = ListenForRecords(owner);
        using var before = await DialAsync(listening);
        var stays = Take(owner);
        Release(owner, listening.Handle, Peer("web", service));
        var acquired = Take(service);
        owner.ExpectMsg<Released>();
        Assert.Equal(
            (SocketKind.Listener, "unix-record", listening.EndPoint),
            (acquired.Facts.Kind, acquired.Facts.Transport, acquired.Facts.Local));
        using var after = await DialAsync(listening);
        var comes = Take(service);
        Assert.Equal(SocketKind.Records, comes.Facts.Kind);
        Say(after, "new");
        Assert.Equal("new", (await TakeAsync(comes.Messages)).Text);
        Say(before, "old");
        Assert.Equal("old", (await TakeAsync(stays.Messages)).Text);
    }

    [Fact]
    public async Task A_listener_of_records_whose_release_fails_goes_on_accepting()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var listening = ListenForRecords(owner);
        var release = Release(owner, listening.Handle, Peer("web", service));
        var offered = service.ExpectMsg<Offered>();
        using var meanwhile = await DialAsync(listening);
        offered.Offer.Socket.Tell(new Decline(offered.Offer, service, "no"), service);
        Reverted(owner, release);
        Take(owner);
        using var later = await DialAsync(listening);
        Take(owner);
    }
}
