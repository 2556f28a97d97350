using System.Net;
using Handoff.TestKit.Simulation;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Tests.Simulation;

public sealed class SimulatedSctpTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Streams_overtake_one_another_and_keep_their_own_order()
    {
        using var ends = new SctpEnds(options => options with { LossRate = 0.3, MaxStall = Second });
        var client = ends.Open(SctpEventKinds.None);
        var (at, _) = ends.Join(client);
        for (var i = 0; i < 40; i++)
            SctpEnds.Send(client, $"{i % 2} {i / 2:00}", new() { Association = at, Stream = (ushort)(i % 2) });
        ends.Clock.Advance(Second * 20);
        var received = SctpEnds.Now(ends.Server).Where(text => text.Contains(' ')).ToList();
        Assert.Equal(40, received.Count);
        Assert.NotEqual(received.OrderBy(text => text[2..]).ThenBy(text => text), received);
        foreach (var stream in new[] { '0', '1' })
        {
            var own = received.Where(text => text[0] == stream).ToList();
            Assert.Equal(own.Order(), own);
        }
    }

    [Fact]
    public void The_same_seed_brings_the_same_order()
    {
        Assert.Equal(Run(seed: 5), Run(seed: 5));
        Assert.NotEqual(Run(seed: 5), Run(seed: 6));

        static List<string> Run(long seed)
        {
            using var ends = new SctpEnds(options => options with { LossRate = 0.3, MaxStall = Second }, seed);
            var client = ends.Open(SctpEventKinds.None);
            var (at, _) = ends.Join(client);
            for (var i = 0; i < 20; i++)
                SctpEnds.Send(client, $"{i}", new() { Association = at, Flags = SctpSendFlags.Unordered });
            ends.Clock.Advance(Second * 20);
            return SctpEnds.Now(ends.Server);
        }
    }

    [Fact]
    public void A_message_in_delivery_holds_up_all_others_until_its_association_is_peeled_off()
    {
        using var ends = new SctpEnds(options => options with { MaxLatency = Second });
        var (one, other) = (ends.Open(SctpEventKinds.None), ends.Open(SctpEventKinds.None));
        ends.Server.SetOption(default, new(SctpOptionKind.PartialDeliveryPoint, 4));
        var ((atOne, thereOne), (atOther, _)) = (ends.Join(one), ends.Join(other));
        SctpEnds.Send(one, "aaaabbbbccccdddd", new() { Association = atOne });
        while (ends.Server.TryReceive(new byte[4]).Code is ResultCode.EEWOULDBLOCK)
            Assert.True(ends.Clock.AdvanceToNext());
        SctpEnds.Send(other, "hi", new() { Association = atOther });
        SctpEnds.Send(one, "no", new() { Association = atOne, Stream = 1 });

        // Until all of it is there: what is behind it waits.
        var seen = new List<string>();
        while (!seen.Contains("bbbb..."))
        {
            Assert.True(ends.Clock.AdvanceToNext());
            seen.AddRange(SctpEnds.Now(ends.Server));
            Assert.DoesNotContain("hi", seen);
            Assert.DoesNotContain("no", seen);
        }

        var peeled = ends.Server.PeelOff(thereOne, SctpPeelFlags.None).Socket!;
        ends.Clock.Advance(Second * 60);
        Assert.Equal(["hi"], SctpEnds.Now(ends.Server));
        Assert.Equal(["cccc...", "dddd", "no"], SctpEnds.Now(peeled).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Interleave_says_who_is_held_up_by_a_message_in_delivery(int level)
    {
        using var ends = new SctpEnds(options => options with { MaxLatency = Second });
        var (one, other) = (ends.Open(SctpEventKinds.None), ends.Open(SctpEventKinds.None));
        ends.Server.SetOption(default, new(SctpOptionKind.PartialDeliveryPoint, 4));
        ends.Server.SetOption(default, new(SctpOptionKind.FragmentInterleave, level));
        var ((atOne, _), (atOther, _)) = (ends.Join(one), ends.Join(other));
        SctpEnds.Send(one, new string('a', 200), new() { Association = atOne });
        while (SctpEnds.Now(ends.Server) is not [.., "aaaa..."]) Assert.True(ends.Clock.AdvanceToNext());
        SctpEnds.Send(one, "same", new() { Association = atOne, Stream = 1 });
        SctpEnds.Send(other, "else", new() { Association = atOther });
        ends.Clock.Advance(Second * 1000);
        var received = SctpEnds.Now(ends.Server);
        var end = received.IndexOf("aaaa");
        Assert.Equal(level >= 1, received.IndexOf("else") < end);
        Assert.Equal(level >= 2, received.IndexOf("same") < end);
    }

    [Fact]
    public void A_message_that_ends_with_its_association_is_cut_by_an_event()
    {
        using var ends = new SctpEnds(options => options with { MaxLatency = Second });
        var client = ends.Open(SctpEventKinds.SendFailed);
        ends.Server.SetOption(default, new(SctpOptionKind.PartialDeliveryPoint, 4));
        var (at, there) = ends.Join(client);
        SctpEnds.Send(client, "aaaabbbbccccdddd", new() { Association = at, Context = 7 });
        while (ends.Server.TryReceive(new byte[4]).Code is ResultCode.EEWOULDBLOCK)
            Assert.True(ends.Clock.AdvanceToNext());
        client.TrySend([], new SctpSendInfo { Association = at, Flags = SctpSendFlags.Abort });
        var failed = ends.Until<SctpSendFailed>(client);
        Assert.Equal((true, 7U), (failed.WasSent, failed.Info.Context));
        Assert.False(failed.Message.IsEmpty);
        Assert.Equal(there, ends.Until<SctpPartialDeliveryAborted>(ends.Server).Association);
        Assert.Equal(ResultCode.EERESET, ends.Until<SctpLost>(ends.Server).Code);
    }

    [Fact]
    public void A_message_whose_time_is_over_is_given_up_and_told()
    {
        using var ends = new SctpEnds(options => options with { ReceiveWindow = 4 });
        var client = ends.Open(SctpEventKinds.SendFailed);
        var (at, _) = ends.Join(client);
        var info = new SctpSendInfo { Association = at };
        SctpEnds.Send(client, "full", info);
        SctpEnds.Send(client, "over", info with { Reliability = new(SctpReliabilityPolicy.Lifetime, 500) });
        SctpEnds.Send(client, "last", info);
        ends.Clock.Advance(Second);
        var failed = ends.Until<SctpSendFailed>(client);
        Assert.Equal("over"u8.ToArray(), failed.Message.ToArray());
        var seen = SctpEnds.Now(ends.Server);
        Assert.Contains("full", seen);
        Assert.Contains("last", seen);
        Assert.DoesNotContain("over", seen);
    }

    [Fact]
    public void An_idle_association_is_closed_by_autoclose_and_a_used_one_is_not()
    {
        using var ends = new SctpEnds();
        ends.Server.SetOption(default, new(SctpOptionKind.AutoClose, 10));
        var client = ends.Open(SctpEventKinds.None);
        var (at, _) = ends.Join(client);
        for (var i = 0; i < 5; i++)
        {
            ends.Clock.Advance(Second * 6);
            Assert.Equal(ResultCode.EESUCCESS, SctpEnds.Send(client, "x", new() { Association = at }));
        }

        Assert.DoesNotContain("SctpShutdownComplete", SctpEnds.Now(ends.Server));
        ends.Clock.Advance(Second * 11);
        Assert.Contains("SctpShutdownComplete", SctpEnds.Now(ends.Server));
        Assert.Equal(ResultCode.EENOTCONN, SctpEnds.Send(client, "x", new() { Association = at }));
    }

    [Fact]
    public void A_peer_with_two_addresses_is_reached_by_the_other_and_lost_without_both()
    {
        using var ends = new SctpEnds(options => options with { GiveUpAfter = Second });
        IPEndPoint[] two = [new(IPAddress.Parse("10.0.0.1"), 90), new(IPAddress.Parse("10.0.1.1"), 90)];
        var server = ends.Open(SctpEventKinds.All, two);
        var client = ends.Open(SctpEventKinds.All);
        var at = client.Connect(two).Value;
        ends.Until<SctpUp>(client);
        ends.Until<SctpUp>(server);
        ends.Network.SetReachable(two[0], isReachable: false);
        var changed = ends.Until<SctpAddressChanged>(client);
        Assert.Equal((two[0], SctpAddressState.Unreachable), (changed.Address, changed.State));
        Assert.Equal(two[1], client.GetStatus(at).Value!.Primary);
        SctpEnds.Send(client, "by the other", new() { Association = at });
        Assert.Contains("by the other", SctpEnds.Now(server));
        ends.Network.SetReachable(two[1], isReachable: false);
        SctpEnds.Send(client, "never", new() { Association = at });
        Assert.Equal(ResultCode.EETIMEDOUT, ends.Until<SctpLost>(client).Code);
        Assert.DoesNotContain("never", SctpEnds.Now(server));
    }

    [Fact]
    public void A_peer_that_began_anew_restarts_its_association()
    {
        using var ends = new SctpEnds();
        var place = new IPEndPoint(IPAddress.Loopback, 70);
        var client = ends.Open(SctpEventKinds.None, place);
        var (_, there) = ends.Join(client);
        ends.Network.SetReachable(place, isReachable: false);
        client.Abort();
        ends.Network.SetReachable(place, isReachable: true);
        var again = ends.Open(SctpEventKinds.None, place);
        var at = again.Connect([SctpEnds.Place]).Value;
        Assert.Equal(there, ends.Until<SctpRestarted>(ends.Server).Association);
        ends.Until<SctpUp>(again);
        SctpEnds.Send(again, "anew", new() { Association = at });
        Assert.Contains("anew", SctpEnds.Now(ends.Server));
    }

    [Fact]
    public void Two_that_call_each_other_have_one_association()
    {
        using var ends = new SctpEnds(options => options with { MaxLatency = Second });
        var client = ends.Open(SctpEventKinds.None);
        var at = client.Connect([SctpEnds.Place]).Value;
        var there = ends.Server.Connect(client.LocalEndPoints).Value;
        Assert.Equal(at, ends.Until<SctpUp>(client).Association);
        Assert.Equal(there, ends.Until<SctpUp>(ends.Server).Association);
        SctpEnds.Send(client, "hello", new() { Association = at });
        ends.Clock.Advance(Second * 20);
        Assert.Contains("hello", SctpEnds.Now(ends.Server));
        Assert.DoesNotContain("SctpUp", SctpEnds.Now(client));
    }

    [Fact]
    public void What_a_peer_says_of_itself_is_an_event()
    {
        using var ends = new SctpEnds();
        var client = ends.Open(SctpEventKinds.None);
        client.SetOption(default, new(SctpOptionKind.Adaptation, 42));
        client.Connect([SctpEnds.Place]);
        Assert.Equal(42U, ends.Until<SctpAdaptation>(ends.Server).Indication);
    }

    [Fact]
    public void A_network_without_sockets_left_refuses_and_counts_what_is_open()
    {
        using var ends = new SctpEnds(options => options with { MaxSockets = 2 });
        var client = ends.Open(SctpEventKinds.None);
        var (_, there) = ends.Join(client);
        Assert.Equal(ResultCode.EENOSOCKS, ends.Server.PeelOff(there, SctpPeelFlags.None).Code);
        Assert.Equal(ResultCode.EENOSOCKS,
            ((ISctpBackend)ends.Network).Open([], SctpSocketOptions.Default).Code);
        client.Dispose();
        Assert.Equal(1, ends.Network.OpenSockets);
        Assert.Equal(1, ends.Network.Seed);
    }
}
