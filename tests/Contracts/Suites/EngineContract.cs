using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>What an engine's sockets owe beyond what connections use.</summary>
public abstract class EngineContract(TransportKind.OnEngine kind, ITestOutputHelper output) : Suite(kind, output)
{
    [Fact]
    public async Task A_byte_out_of_band_overtakes_the_stream_and_is_no_part_of_it()
    {
        using var pair = await PairAsync();
        if (kind is TransportKind.Unix)
        {
            Assert.Equal(ResultCode.EEMODENOTSUPP, pair.Near.SendUrgent((byte)'!'));
            Assert.Equal(ResultCode.EEMODENOTSUPP, pair.Far.ReceiveUrgent(new byte[1]).Code);
            return;
        }

        await pair.Near.SendAsync("stream"u8.ToArray());
        Assert.Equal(ResultCode.EESUCCESS, pair.Near.SendUrgent((byte)'!'));
        var urgent = new byte[1];
        var result = default(IoResult);
        await Patience.Until(() => (result = pair.Far.ReceiveUrgent(urgent)).Code is not ResultCode.EEWOULDBLOCK);
        Assert.Equal(IoResult.Moved(1), result);
        Assert.Equal((byte)'!', urgent[0]);
        Assert.Equal(ResultCode.EEWOULDBLOCK, pair.Far.ReceiveUrgent(urgent).Code);
        var buffer = new byte[16];
        Assert.Equal(IoResult.Moved(6), await pair.Far.ReceiveAsync(buffer).Soon());
    }

    [Fact]
    public async Task A_wait_that_is_stopped_is_a_code_for_good_and_loses_no_byte()
    {
        using var pair = await PairAsync();
        var wait = pair.Far.WaitReadableAsync().AsTask();
        pair.Far.StopWaiting();
        Assert.Equal(ResultCode.EEINTR, (await wait.Soon()).Code);
        Assert.Equal(ResultCode.EEINTR, (await pair.Far.WaitReadableAsync().Soon()).Code);
        await pair.Near.SendAsync(new byte[3]);
        Assert.Equal(IoResult.Moved(3), await pair.Far.ReceiveAsync(new byte[16]).Soon());
    }

    [Fact]
    public async Task A_reset_that_a_send_was_told_of_is_no_end_of_the_stream()
    {
        using var pair = await PairAsync();
        if (!kind.TellsAbort)
        {
            await pair.Far.SendAsync(new byte[1]);
            await pair.Near.WaitReadableAsync().Soon();
        }

        pair.Near.Abort();
        var sent = default(IoResult);
        await Patience.Until(async () => !(sent = await pair.Far.SendAsync(new byte[1])).IsSuccess);
        Assert.Equal(ResultCode.EERESET, sent.Code);
        Assert.Equal(ResultCode.EERESET, (await pair.Far.ReceiveAsync(new byte[1]).Soon()).Code);
    }

    [Fact]
    public async Task The_end_of_both_directions_is_no_reset()
    {
        using var pair = await PairAsync();
        Assert.Equal(ResultCode.EESUCCESS, pair.Near.ShutdownSend());
        Assert.Equal(IoResult.Moved(0), await pair.Far.ReceiveAsync(new byte[1]).Soon());
        Assert.Equal(ResultCode.EESUCCESS, pair.Far.ShutdownSend());
        Assert.Equal(IoResult.Moved(0), await pair.Near.ReceiveAsync(new byte[1]).Soon());
        Assert.Equal(IoResult.Moved(0), await pair.Far.ReceiveAsync(new byte[1]).Soon());
    }

    [Fact]
    public async Task An_accept_that_is_cancelled_loses_no_connection()
    {
        using var listener = kind.Engine.Listen(kind.AnyPlace, 4).Socket!;
        using var cancel = new CancellationTokenSource();
        var accept = listener.AcceptAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        Assert.Equal(ResultCode.EEINTR, (await accept.Soon()).Code);
        Assert.Equal(ResultCode.EEINTR, (await listener.AcceptAsync(cancel.Token).Soon()).Code);
        using var near = (await ConnectAsync(listener)).Socket!;
        using var far = (await listener.AcceptAsync(CancellationToken.None).Soon()).Socket!;
        Assert.Equal(near.LocalEndPoint, far.RemoteEndPoint);
    }

    [Fact]
    public async Task An_accept_that_is_cancelled_while_it_begins_ends()
    {
        using var listener = kind.Engine.Listen(kind.AnyPlace, 4).Socket!;
        for (var i = 0; i < 5_000; i++)
        {
            using var cancel = new CancellationTokenSource();
            using var begun = new Barrier(2);
            var accept = Task.Run(() =>
            {
                begun.SignalAndWait();
                return listener.AcceptAsync(cancel.Token).AsTask();
            });
            begun.SignalAndWait();
            cancel.Cancel();
            Assert.Equal(ResultCode.EEINTR, (await accept.Soon()).Code);
        }
    }

    private ValueTask<SocketOr<IStreamSocket>> ConnectAsync(IListenSocket listener) => kind.Engine.ConnectAsync(
        listener.LocalEndPoint, TimeSpan.FromSeconds(30), TimeProvider.System, CancellationToken.None);

    private async Task<Sockets> PairAsync()
    {
        using var listener = kind.Engine.Listen(kind.AnyPlace, 1).Socket!;
        var near = (await ConnectAsync(listener)).Socket!;
        return new Sockets(near, (await listener.AcceptAsync(CancellationToken.None).Soon()).Socket!);
    }

    private sealed record Sockets(IStreamSocket Near, IStreamSocket Far) : IDisposable
    {
        public void Dispose()
        {
            Near.Dispose();
            Far.Dispose();
        }
    }
}
