using System.Buffers;
using System.IO.Pipelines;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.AcceptFilters;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.AcceptFilters;

public sealed class FilteredConnectionTests
{
    private const int MaxBytes = 1000;
    private const int Block = 256;

    private readonly Turns _network = new();
    private readonly Turns _filters = new();
    private readonly ConnectionOptions _options;
    private readonly SocketConnection _peer;
    private readonly SocketConnection _filtered;
    private readonly SocketLease _sending;

    public FilteredConnectionTests()
    {
        _options = new ConnectionOptions(_filters, PipeScheduler.Inline) { Blocks = new BlockPool(Block) };
        var (near, far) = new MemoryNetwork(_network, bufferSize: 100_000).Pair();
        _peer = new SocketConnection(near, _options with { Blocks = new BlockPool(), SendBuffer = 1_000_000 });
        _filtered = new SocketConnection(far, _options);
        _peer.Start();
        _sending = _peer.Lease(1);
    }

    [Fact]
    public void Before_the_first_byte_no_block_is_held_and_no_filter_is_asked()
    {
        var filter = new Saying((_, _) => AcceptVerdict.NeedMore);
        var running = Run(filter);
        Assert.Equal((0, 0, false), (_options.Blocks.MadeCount, filter.Asked.Count, running.IsCompleted));
        Send(1);
        Assert.Equal((1L, AcceptMoment.Arriving), Assert.Single(filter.Asked));
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task What_the_filter_has_looked_at_is_the_first_that_the_owner_reads()
    {
        var running = Run(AcceptFilter.HttpHead);
        foreach (var part in new[] { "GE", "T / HTTP/1.1\r\n", "Host: x\r\n\r\nbody" }) Send(part);
        Assert.Equal(FilterOutcome.Passed, await running);
        Assert.True(_filtered.Lease(1).Input.TryRead(out var read));
        Assert.Equal("GET / HTTP/1.1\r\nHost: x\r\n\r\nbody"u8.ToArray(), read.Buffer.ToArray());
    }

    [Fact]
    public void A_filter_that_is_slow_is_waited_for_with_a_bounded_number_of_bytes()
    {
        var running = Run(new Saying((_, _) => AcceptVerdict.NeedMore));
        Assert.True(_sending.Output.WriteAsync(new byte[50_000]).AsTask().IsCompletedSuccessfully);
        _network.RunAll();
        Assert.InRange(_filtered.Status.Unread, MaxBytes, MaxBytes + Block);
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task A_filter_is_shown_no_more_than_the_bound_and_told_that_it_is_reached()
    {
        var filter = new Saying((_, _) => AcceptVerdict.NeedMore);
        var running = Run(filter);
        Send(900);
        Send(50_000);
        Assert.Equal((MaxBytes, AcceptMoment.Full), filter.Asked[^1]);
        var outcome = await running;
        Assert.Equal((FilterEnd.TooLong, ResultCode.EEMSGSIZE), (outcome.End, outcome.Result.Code));
        Assert.Equal(ResultCode.EEMSGSIZE, (await _filtered.Completion).Code);
    }

    [Fact]
    public async Task A_filter_may_let_pass_what_is_full_and_then_the_owners_bound_holds()
    {
        var running = Run(AcceptFilter.HttpHead);
        Send("GET / HTTP/1.1\r\n" + new string('x', 50_000));
        Assert.Equal(FilterOutcome.Passed, await running);
        Assert.Equal(50_016, _filtered.Status.Unread);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_peer_that_finishes_before_the_filter_can_tell_ends_in_it(int bytes)
    {
        var filter = new Saying((_, _) => AcceptVerdict.NeedMore);
        var running = Run(filter);
        if (bytes > 0) Send(bytes);
        _sending.Output.Complete();
        RunAll();
        Assert.Equal(((long)bytes, AcceptMoment.Finished), filter.Asked[^1]);
        Assert.Equal(FilterEnd.Finished, (await running).End);
        _peer.Close();
        RunAll();
        Assert.Equal(ResultCode.EESUCCESS, (await _filtered.Completion).Code);
        Assert.Equal(ResultCode.EESUCCESS, (await _peer.Completion).Code);
    }

    [Fact]
    public async Task A_filter_may_let_pass_a_peer_that_has_finished()
    {
        var running = Run(new Saying((_, moment) =>
            moment is AcceptMoment.Finished ? AcceptVerdict.Accept : AcceptVerdict.NeedMore));
        Send("half");
        _sending.Output.Complete();
        RunAll();
        Assert.Equal(FilterOutcome.Passed, await running);
        Assert.True(_filtered.Lease(1).Input.TryRead(out var read));
        Assert.Equal((4L, true), (read.Buffer.Length, read.IsCompleted));
    }

    [Fact]
    public async Task A_reset_ends_the_filter()
    {
        var running = Run(AcceptFilter.Line(100));
        Send("no line");
        _peer.Abort(SocketResult.Of(ResultCode.EEABORTED));
        RunAll();
        var outcome = await running;
        Assert.Equal((FilterEnd.Lost, ResultCode.EERESET), (outcome.End, outcome.Result.Code));
    }

    [Fact]
    public async Task What_a_filter_drops_is_reset_with_its_code()
    {
        var running = Run(new Saying((_, _) => AcceptVerdict.Drop(ResultCode.EEBADDATA)));
        Send(1);
        var outcome = await running;
        Assert.Equal((FilterEnd.Dropped, ResultCode.EEBADDATA), (outcome.End, outcome.Result.Code));
        Assert.Equal(ResultCode.EERESET, (await _peer.Completion).Code);
    }

    [Fact]
    public async Task A_filter_that_throws_drops_its_connection_and_is_told()
    {
        var running = Run(new Saying((_, _) => throw new SocketFailedException(ResultCode.EERESET)));
        Send(1);
        var outcome = await running;
        Assert.Equal((FilterEnd.Threw, ResultCode.EEABORTED), (outcome.End, outcome.Result.Code));
        Assert.IsType<SocketFailedException>(outcome.Defect);
        Assert.Equal(ResultCode.EERESET, (await _peer.Completion).Code);
    }

    [Fact]
    public async Task An_abort_while_a_filter_looks_leaves_it_its_bytes()
    {
        byte[] seen = [];
        var running = Run(new Saying((bytes, _) =>
        {
            _filtered.Abort(SocketResult.Of(ResultCode.EETIMEDOUT));
            using var next = _options.Blocks.Rent();
            next.Memory.Span.Fill(1);
            seen = bytes.ToArray();
            return AcceptVerdict.NeedMore;
        }));
        Send("looked at");
        Assert.Equal("looked at"u8.ToArray(), seen);
        var outcome = await running;
        Assert.Equal((FilterEnd.Lost, ResultCode.EETIMEDOUT), (outcome.End, outcome.Result.Code));
    }

    [Fact]
    public async Task Who_listens_for_the_end_late_is_told_of_it_once()
    {
        var running = Run(new Saying((_, _) => AcceptVerdict.Accept));
        _sending.Output.Complete();
        RunAll();
        Assert.Equal(FilterOutcome.Passed, await running);
        _peer.Abort(SocketResult.Of(ResultCode.EEABORTED));
        _filtered.Close();
        RunAll();
        var told = new Told();
        _filtered.Listener = told;
        RunAll();
        Assert.Single(told.Results);
    }

    private Task<FilterOutcome> Run(IAcceptFilter filter)
    {
        var running = new FilteredConnection(_filtered, filter, MaxBytes).RunAsync();
        RunAll();
        return running.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private void Send(string text) => Send(System.Text.Encoding.ASCII.GetBytes(text));

    private void Send(int count) => Send(new byte[count]);

    private void Send(byte[] bytes)
    {
        Assert.True(_sending.Output.WriteAsync(bytes).AsTask().IsCompletedSuccessfully);
        RunAll();
    }

    // The runner's own context would have what follows run on other threads.
    private void RunAll()
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        for (var i = 0; i < 100; i++)
        {
            _network.RunAll();
            _filters.RunAll();
        }

        SynchronizationContext.SetSynchronizationContext(context);
    }

    private sealed class Told : IEndListener
    {
        public List<SocketResult> Results { get; } = [];

        public void OnFinished(SocketResult result) => Results.Add(result);
    }
}
