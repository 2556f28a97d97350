using System.Net.Sockets;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping;
using Handoff.Transport.Handles.Keeping.Depositing;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Handles.Driving;
using Handoff.Transport.Tests.Handles.Passing;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Handles.Keeping.Serving;

/// <summary>What a keeper keeps, and what it does not.</summary>
[Collection(nameof(Alone))]
public sealed class KeeperTests
{
    [Fact]
    public async Task A_copy_holds_the_end_back_until_it_is_withdrawn()
    {
        await using var house = new KeeperHouse();
        var client = await house.ClientAsync();
        var (result, peer, own) = await house.DepositAsync(client, 1);
        Assert.True(result.IsSuccess, result.ToString());
        own.Close(0); // a linger of zero, which resets nothing now
        var end = peer.ReceiveAsync(new byte[1]);
        Assert.Equal("deposit 1", Assert.Single((await client.ListAsync(0)).Deposits).Name);
        Assert.False(end.IsCompleted);
        Assert.True((await client.WithdrawAsync(1)).IsSuccess);
        Assert.Equal(0, await EndAsync(end));
        Assert.Empty((await client.ListAsync(0)).Deposits);
        Assert.Equal(ResultCode.EEBADF, (await client.WithdrawAsync(1)).Code);
    }

    [Fact]
    public async Task A_number_is_good_for_one_deposit_and_an_update_needs_one()
    {
        await using var house = new KeeperHouse();
        var client = await house.ClientAsync();
        using var token = TakeOnceToken.Create(out _)!;
        Assert.Equal(ResultCode.EEBADF, (await client.UpdateAsync(1, KeeperHouse.Nothing, token)).Code);
        Assert.Equal(ResultCode.EESUCCESS, await house.CodeAsync(client, 1));
        Assert.Equal(ResultCode.EEALREADY, await house.CodeAsync(client, 1));
        Assert.True((await client.UpdateAsync(1, KeeperHouse.Nothing, token)).IsSuccess);
    }

    [Fact]
    public async Task One_process_has_room_for_so_many_and_what_has_ended_makes_room()
    {
        await using var house = new KeeperHouse(new KeeperOptions { MaxDepositsOfOne = 2 });
        var client = await house.ClientAsync();
        var (_, peer, own) = await house.DepositAsync(client, 1);
        Assert.Equal(ResultCode.EESUCCESS, await house.CodeAsync(client, 2));
        Assert.Equal(ResultCode.EEQUOTA, await house.CodeAsync(client, 3));
        own.Shutdown(SocketShutdown.Both);
        Assert.Equal(0, await peer.ReceiveAsync(new byte[1]).WaitAsync(Loopback.Bound));
        peer.Dispose();
        Assert.Equal(ResultCode.EESUCCESS, await UntilAsync(() => house.CodeAsync(client, 3)));
        Assert.Equal([2, 3], (await client.ListAsync(0)).Deposits.Select(one => one.Number));
        Assert.Contains("Ended", await house.TellsAsync("over 1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_processes_together_have_room_for_so_many_sockets_and_bytes()
    {
        await using var house = new KeeperHouse(new KeeperOptions { MaxDeposits = 1 });
        var client = await house.ClientAsync();
        Assert.Equal(ResultCode.EESUCCESS, await house.CodeAsync(client, 1));
        Assert.Equal(ResultCode.EEQUOTA, await house.CodeAsync(client, 2));

        await using var other = new KeeperHouse(new KeeperOptions { MaxBytes = 3000 });
        client = await other.ClientAsync();
        Assert.Equal(ResultCode.EESUCCESS, await other.CodeAsync(client, 1, Bag(1500)));
        Assert.Equal(ResultCode.EEQUOTA, await other.CodeAsync(client, 2, Bag(500)));
        using var token = TakeOnceToken.Create(out _)!;
        Assert.Equal(ResultCode.EEQUOTA, (await client.UpdateAsync(1, Bag(2500), token)).Code);
        Assert.True((await client.UpdateAsync(1, Bag(0), token)).IsSuccess);
        Assert.Equal(ResultCode.EESUCCESS, await other.CodeAsync(client, 2, Bag(500)));
    }

    [Fact]
    public async Task What_could_not_go_to_an_adopter_is_not_kept()
    {
        await using var house = new KeeperHouse(
            new KeeperOptions { Handles = new HandleOptions { MaxPayload = 100_000, MaxMove = 90_000 } });
        var client = await house.ClientAsync();
        Assert.Equal(ResultCode.EEMSGSIZE, await house.CodeAsync(client, 1, Bag(95_000)));
        Assert.Equal(ResultCode.EESUCCESS, await house.CodeAsync(client, 1, Bag(80_000)));
    }

    [Fact]
    public async Task A_process_that_lives_on_after_its_connection_has_withdrawn_everything()
    {
        await using var house = new KeeperHouse(new KeeperOptions { ExitTimeout = TimeSpan.FromMilliseconds(1) });
        var client = await house.ClientAsync();
        var (_, peer, own) = await house.DepositAsync(client, 1);
        client.Dispose();
        await house.TellsAsync("over 1");
        await house.TellsAsync("gone key=key");
        own.Dispose();
        Assert.Equal(0, await EndAsync(peer.ReceiveAsync(new byte[1])));
    }

    // Two deposits of one socket under two tokens would be two owners.
    [Fact]
    public async Task A_process_that_connects_again_has_withdrawn_what_it_had_deposited_before()
    {
        await using var house = new KeeperHouse();
        var client = await house.ClientAsync();
        Assert.Equal(ResultCode.EESUCCESS, await house.CodeAsync(client, 1));
        var newer = await house.ClientAsync("other");
        Assert.Empty((await newer.ListAsync(0)).Deposits);
        Assert.Equal(ResultCode.EESUCCESS, await house.CodeAsync(newer, 1));
        Assert.NotEqual(ResultCode.EESUCCESS, (await client.WithdrawAsync(1)).Code);
        Assert.True(client.IsLost);
        var kept = Assert.Single((await newer.ListAsync(0)).Deposits);
        Assert.Equal((Environment.ProcessId, "other", false), (kept.ProcessId, kept.Key, kept.IsLeft));
    }

    [Fact]
    public async Task A_list_goes_on_where_the_one_before_ended()
    {
        await using var house = new KeeperHouse();
        var client = await house.ClientAsync();
        for (var id = 1UL; id <= FrameBounds.Listed + 1; id++)
            Assert.Equal(ResultCode.EESUCCESS, await house.CodeAsync(client, id));
        var first = (await client.ListAsync(0)).Deposits;
        Assert.Equal(FrameBounds.Listed, first.Count);
        var rest = (await client.ListAsync(first[^1].Number)).Deposits;
        Assert.Equal((ulong)FrameBounds.Listed + 1, Assert.Single(rest).Number);
    }

    [Fact]
    public async Task A_keeper_that_stops_closes_all_its_copies()
    {
        var house = new KeeperHouse();
        await using (house)
        {
            var client = await house.ClientAsync();
            var (_, peer, own) = await house.DepositAsync(client, 1);
            own.Dispose();
            await house.StopAsync();
            Assert.Equal(0, await EndAsync(peer.ReceiveAsync(new byte[1])));
            Assert.NotEqual(ResultCode.EESUCCESS, (await client.WithdrawAsync(1)).Code);
        }
    }

    [Fact]
    public async Task Who_does_not_say_who_it_is_is_refused_and_junk_leaks_nothing()
    {
        await using var house = new KeeperHouse();
        using var early = await house.ChannelAsync();
        await early.SendAsync(new KeeperFrame.List(1, 0), [], default);
        Assert.True((await early.ReceiveAsync(Loopback.Bound, default)).IsEnd);
        await house.TellsAsync("does not say who it is");

        using var channel = await house.ChannelAsync();
        await channel.SendAsync(new KeeperFrame.Hello(0, "key", 1), [], default);
        Assert.True(Result(await channel.ReceiveAsync(Loopback.Bound, default)).IsSuccess);
        using var one = OpenDescriptors.Event(1);
        using var goods = new Goods(1);
        var before = OpenDescriptors.Count;
        await channel.Control.SendAsync(new byte[] { 1, 2, 3 }, [one, one], default);
        var bare = FrameEncoder.Encode(new KeeperFrame.Update(9, KeeperHouse.Nothing));
        await channel.Control.SendAsync(bare, [], default);
        var refused = await channel.ReceiveAsync(Loopback.Bound, default);
        Assert.Equal((9UL, ResultCode.EEBADDATA), (refused.Id, Result(refused).Code));
        await channel.SendAsync(new KeeperFrame.Answer(8, SocketResult.Success), [], default);
        Assert.Equal(ResultCode.EEBADDATA, Result(await channel.ReceiveAsync(Loopback.Bound, default)).Code);
        var offer = new Frame.Offer(7, HandleCapabilities.Streams, Loopback.Bound, "", goods.Facts);
        await channel.SendAsync(offer, [], default);
        Assert.IsType<Frame.Decline>((await channel.ReceiveAsync(Loopback.Bound, default)).Frame);
        Assert.Equal(before, OpenDescriptors.Count);
    }

    [Fact]
    public async Task A_client_that_is_not_answered_asks_nothing_more()
    {
        var time = new ManualTime();
        var options = new KeeperOptions { Handles = new HandleOptions { TimeProvider = time } };
        await using var sides = new TwoSides();
        var beginning = KeeperClient.BeginAsync(new KeeperLine(sides.Giver), "key", options).AsTask();
        await sides.Taker.ReceiveAsync(Loopback.Bound, default);
        await sides.Taker.SendAsync(new KeeperFrame.Answer(0, SocketResult.Success), [], default);
        using var client = (await beginning).Client!;
        var asking = client.WithdrawAsync(1).AsTask();
        await TwoSides.PassAsync(time, asking);
        Assert.Equal(ResultCode.EETIMEDOUT, (await asking).Code);
        Assert.Equal((true, ResultCode.EENOTCONN), (client.IsLost, (await client.WithdrawAsync(2)).Code));
    }

    private static SocketResult Result(FrameArrival arrival) =>
        Assert.IsType<KeeperFrame.Answer>(arrival.Frame).Result;

    private static SocketBaggage Bag(int unread) =>
        KeeperHouse.Nothing with { Unread = [new QueuedMessage(null, new byte[unread])] };

    // A FIN, or a reset where the owner left something unread.
    private static async Task<int> EndAsync(Task<int> receiving)
    {
        try
        {
            return await receiving.WaitAsync(Loopback.Bound);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    // The kernel may take a moment to see the end of a connection.
    private static async Task<ResultCode> UntilAsync(Func<Task<ResultCode>> trying)
    {
        using var late = new CancellationTokenSource(Loopback.Bound);
        while (true)
        {
            var code = await trying();
            if (code is ResultCode.EESUCCESS || late.IsCancellationRequested) return code;
        }
    }
}
