using System.Net.Sockets;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Tests.Splices;

public sealed class SpliceLinkTests
{
    private readonly Relay _relay = new();

    private SpliceOutcome Ended => Assert.Single(_relay.Ended);

    [Fact]
    public void What_waits_is_moved_first_and_what_follows_goes_on_both_ways()
    {
        _relay.Write(_relay.Client, "first ");
        _relay.Write(_relay.Server, "banner ");
        var link = _relay.Splice();
        _relay.Write(_relay.Client, "then");
        _relay.Write(_relay.Server, "answer");
        Assert.Equal("first then", _relay.ReadText(_relay.Server));
        Assert.Equal("banner answer", _relay.ReadText(_relay.Client));
        Assert.Equal(23, link.Moved);
        Assert.Empty(_relay.Ended);
    }

    [Fact]
    public void Nothing_is_moved_before_the_start()
    {
        _relay.Write(_relay.Client, "early");
        var (link, _) = SpliceLink.Join(_relay.Near, _relay.Far, new SpliceTerms(true, 100, 100), _relay);
        _relay.Write(_relay.Client, " bird");
        Assert.Empty(_relay.Read(_relay.Server));
        link!.Start();
        _relay.Turns.RunAll();
        Assert.Equal("early bird", _relay.ReadText(_relay.Server));
    }

    [Fact]
    public async Task The_owner_reads_and_writes_nothing_meanwhile_and_everything_afterwards()
    {
        var read = _relay.NearLease.Input.ReadAsync().AsTask();
        var link = _relay.Splice();
        _relay.Write(_relay.Client, "theirs");
        Assert.False(read.IsCompleted);
        Assert.False(_relay.FarLease.Input.TryRead(out _));
        foreach (var write in new Action[]
        {
            () => _relay.NearLease.Output.GetMemory(), () => _relay.FarLease.Output.WriteAsync(new byte[1]).AsTask(),
            () => _relay.FarLease.Output.Complete(),
        })
        {
            Assert.Equal(ResultCode.EEBUSY, Assert.Throws<SocketFailedException>(write).Code);
        }

        Assert.Equal(ResultCode.EEBUSY, _relay.NearLease.Shutdown(SocketShutdown.Receive).Code);

        link.End(SpliceEnd.Unspliced, SocketResult.Success);
        _relay.Write(_relay.Client, "mine");
        var result = await read.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(4, result.Buffer.Length);
        _relay.NearLease.Input.AdvanceTo(result.Buffer.End);
        _relay.Write(_relay.FarLease, "to the server");
        Assert.Equal("theirsto the server", _relay.ReadText(_relay.Server));
        Assert.Equal(new SpliceOutcome(SpliceEnd.Unspliced, SocketResult.Success, 6, 0), Ended);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4_000)]
    public void The_byte_after_the_limit_is_the_owners(int before)
    {
        _relay.Write(_relay.Client, new byte[before]);
        _relay.Splice(there: 5_000);
        var theirs = _relay.Read(_relay.Server).Length;
        _relay.Write(_relay.Client, [.. new byte[5_000 - before], 42, 43]);
        for (var got = -1; got != 0; theirs += got) got = _relay.Read(_relay.Server).Length;
        Assert.Equal(5_000, theirs);
        Assert.Equal(new SpliceOutcome(SpliceEnd.Limit, SocketResult.Success, 5_000, 0), Ended);
        Assert.Equal(new byte[] { 42, 43 }, _relay.Read(_relay.NearLease));
    }

    [Fact]
    public void A_limit_of_the_way_back_ends_it_too()
    {
        _relay.Splice(back: 2);
        _relay.Write(_relay.Client, "abc");
        _relay.Write(_relay.Server, "xyz");
        Assert.Equal(new SpliceOutcome(SpliceEnd.Limit, SocketResult.Success, 3, 2), Ended);
        Assert.Equal(("xy", "z"), (_relay.ReadText(_relay.Client), _relay.ReadText(_relay.FarLease)));
    }

    [Fact]
    public async Task A_peer_that_finishes_is_passed_on_and_both_end_it()
    {
        _relay.Splice();
        _relay.Write(_relay.Client, "question");
        _relay.Client.Output.Complete();
        _relay.Turns.RunAll();
        Assert.True(_relay.Server.Input.TryRead(out var read));
        Assert.Equal((8L, true), (read.Buffer.Length, read.IsCompleted));
        _relay.Server.Input.AdvanceTo(read.Buffer.End);
        Assert.Empty(_relay.Ended);

        _relay.Write(_relay.Server, "answer");
        _relay.Server.Output.Complete();
        _relay.Turns.RunAll();
        Assert.Equal("answer", _relay.ReadText(_relay.Client));
        Assert.Equal(new SpliceOutcome(SpliceEnd.Finished, SocketResult.Success, 8, 6), Ended);
        Assert.Equal(ResultCode.EESUCCESS, (await _relay.Near.Finished.WaitAsync(TimeSpan.FromSeconds(60))).Code);
        Assert.Equal(ResultCode.EESUCCESS, (await _relay.Far.Finished.WaitAsync(TimeSpan.FromSeconds(60))).Code);
    }

    [Fact]
    public void One_way_the_other_one_waits_and_an_end_is_not_passed_on()
    {
        _relay.Splice(bothWays: false);
        _relay.Write(_relay.Client, "there");
        _relay.Write(_relay.Server, "back");
        Assert.Empty(_relay.Read(_relay.Client));
        Assert.Empty(_relay.Ended);
        _relay.Client.Output.Complete();
        _relay.Turns.RunAll();
        Assert.Equal(new SpliceOutcome(SpliceEnd.Finished, SocketResult.Success, 5, 0), Ended);
        _relay.Write(_relay.FarLease, " still");
        Assert.Equal("there still", _relay.ReadText(_relay.Server));
        Assert.Equal("back", _relay.ReadText(_relay.FarLease));
    }

    [Fact]
    public void A_reset_ends_it_after_the_bytes_before_it_and_leaves_the_other_one_to_its_owner()
    {
        _relay.Splice();
        _relay.Write(_relay.Client, "last words");
        _relay.ClientSide.Abort(SocketResult.Of(ResultCode.EEABORTED));
        _relay.Turns.RunAll();
        Assert.Equal((SpliceEnd.Failed, ResultCode.EERESET), (Ended.Why, Ended.Result.Code));
        _relay.Write(_relay.FarLease, ", I fear");
        Assert.Equal("last words, I fear", _relay.ReadText(_relay.Server));
        var failure = Assert.Throws<SocketFailedException>(() => _relay.NearLease.Input.TryRead(out _));
        Assert.Equal(ResultCode.EERESET, failure.Code);
    }

    [Fact]
    public void The_end_of_a_connection_is_told_after_the_end_of_its_splice()
    {
        _relay.Splice();
        var told = new Told(_relay);
        _relay.Near.Listener = told;
        _relay.ClientSide.Abort(SocketResult.Of(ResultCode.EEABORTED));
        _relay.Turns.RunAll();
        Assert.Equal(1, told.EndsBefore);
    }

    public static TheoryData<string, ResultCode> Hindrances => new()
    {
        { "open read result", ResultCode.EEBUSY }, { "unflushed", ResultCode.EEBUSY },
        { "spliced", ResultCode.EEBUSY }, { "on offer", ResultCode.EEALREADY },
        { "nobody's", ResultCode.EEALREADY }, { "closed", ResultCode.EEBADF },
        { "output finished", ResultCode.EENOTCONN }, { "input shut", ResultCode.EENOTCONN },
        { "peer reset", ResultCode.EENOTCONN },
    };

    [Theory]
    [MemberData(nameof(Hindrances))]
    public void A_splice_that_cannot_be_is_refused_by_code_and_has_no_effect(string what, ResultCode code)
    {
        switch (what)
        {
            case "open read result":
                _relay.Write(_relay.Server, "x");
                Assert.True(_relay.FarLease.Input.TryRead(out _));
                break;
            case "unflushed":
                _relay.FarLease.Output.GetMemory();
                _relay.FarLease.Output.Advance(1);
                break;
            case "spliced": _relay.Splice(); break;
            case "on offer": Assert.True(_relay.Far.Offer(default).IsSuccess); break;
            case "nobody's": _relay.Far.Tear(); break;
            case "closed": _relay.Far.Close(); break;
            case "input shut": _relay.FarLease.Shutdown(SocketShutdown.Receive); break;
            case "output finished": _relay.FarLease.Output.Complete(); break;
            default:
                _relay.Write(_relay.Server, "last words");
                _relay.ServerSide.Abort(SocketResult.Of(ResultCode.EEABORTED));
                break;
        }

        _relay.Turns.RunAll();
        var (link, result) = SpliceLink.Join(_relay.Near, _relay.Far, new SpliceTerms(true, 1, 1), _relay);
        Assert.Null(link);
        Assert.Equal(code, result.Code);
        if (what == "spliced") return;
        _relay.Write(_relay.Client, "to the owner");
        Assert.Equal("to the owner", _relay.ReadText(_relay.NearLease));
    }

    [Theory]
    [InlineData("close")]
    [InlineData("abort")]
    [InlineData("tear")]
    [InlineData("lease")]
    public void What_is_done_to_either_connection_ends_the_splice(string what)
    {
        foreach (var isNear in new[] { true, false })
        {
            var relay = new Relay();
            relay.Splice();
            relay.Write(relay.Client, "moved");
            var (touched, other) = isNear ? (relay.Near, relay.FarLease) : (relay.Far, relay.NearLease);
            switch (what)
            {
                case "close": touched.Close(); break;
                case "abort": touched.Abort(SocketResult.Of(ResultCode.EEABORTED)); break;
                case "tear": touched.Tear(); break;
                default: touched.Lease(2); break;
            }

            relay.Turns.RunAll();
            Assert.Equal((SpliceEnd.Closed, 5L), (Assert.Single(relay.Ended).Why, relay.Ended[0].There));
            relay.Write(other, "free");
        }
    }

    [Fact]
    public void What_the_splice_has_moved_cannot_be_pushed_back()
    {
        var link = _relay.Splice();
        _relay.Write(_relay.Client, "moved");
        link.End(SpliceEnd.Unspliced, SocketResult.Success);
        _relay.Write(_relay.Client, "read");
        Assert.Equal("read", _relay.ReadText(_relay.NearLease));
        Assert.Equal(ResultCode.EEBADDATA, _relay.Near.Offer(new("12345"u8.ToArray())).Code);
        Assert.True(_relay.Near.Offer(new("read"u8.ToArray())).IsSuccess);
    }

    [Fact]
    public void Memory_that_was_lent_before_is_not_what_the_splice_sends()
    {
        var lent = _relay.FarLease.Output.GetMemory();
        var link = _relay.Splice();
        _relay.Write(_relay.Client, new byte[10]);
        lent.Span.Fill(42);
        _relay.Write(_relay.Client, new byte[100]);
        lent.Span.Fill(42);
        Assert.Equal(new byte[110], _relay.Read(_relay.Server));
        link.End(SpliceEnd.Unspliced, SocketResult.Success);
        Assert.Throws<ArgumentOutOfRangeException>(() => _relay.FarLease.Output.Advance(1));
        _relay.Write(_relay.FarLease, "fresh");
        Assert.Equal("fresh", _relay.ReadText(_relay.Server));
    }

    [Fact]
    public void The_counts_of_the_next_splice_begin_at_nothing()
    {
        for (var round = 0; round < 3; round++)
        {
            var link = _relay.Splice();
            _relay.Write(_relay.Client, "12345");
            link.End(SpliceEnd.Unspliced, SocketResult.Success);
            link.End(SpliceEnd.Idle, SocketResult.Success);
            link.Run();
            Assert.Equal((round + 1, 5L), (_relay.Ended.Count, _relay.Ended[^1].There));
        }
    }

    private sealed class Told(Relay relay) : IEndListener
    {
        public int EndsBefore { get; private set; } = -1;

        public void OnFinished(SocketResult result) => EndsBefore = relay.Ended.Count;
    }
}
