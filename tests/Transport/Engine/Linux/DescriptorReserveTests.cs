using System.Globalization;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Engine.Linux;

// A limit a little above what the process has open, and every number up to the reserve taken.
[Collection(nameof(Alone))]
public sealed class DescriptorReserveTests : IAsyncLifetime
{
    // Half of the free ones, and more than the engine itself and the listener take.
    private const int Share = 8;

    private readonly int _bound;
    private readonly Stack<SocketDescriptor> _fill = [];
    private readonly LinuxEngine _engine;
    private readonly LinuxEngine _clients = new(new LinuxEngineOptions { Loops = 1 });
    private readonly IListenSocket _listener;

    public DescriptorReserveTests()
    {
        var most = Directory.GetFiles("/proc/self/fd")
            .Max(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture));
        _bound = most + 1;
        Fill();
        _bound += Share;
        _engine = new(new LinuxEngineOptions
        {
            Loops = 1,
            ReservedDescriptors = int.MaxValue,
            DescriptorLimit = _bound + Share,
        });
        _listener = _engine.Listen(Loopback.AnyPort, 64).Socket!;
        Fill();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _clients.DisposeAsync();
        foreach (var descriptor in _fill) descriptor.Dispose();
    }

    [Fact]
    public async Task The_connection_that_takes_one_of_the_reserve_is_kept_and_the_next_one_waits_until_there_is_room()
    {
        using var first = await _clients.ConnectTo(_listener);
        using var kept = await _listener.AcceptNext();
        Assert.True(((LinuxStreamSocket)kept).Number >= _bound);
        using var second = await _clients.ConnectTo(_listener);
        for (var tries = 0; tries < 3; tries++) Assert.Equal(ResultCode.EENOSOCKS, await RefusedAsync());

        await EchoAsync(first, kept);
        Free(1);
        using var later = await _listener.AcceptNext();
        Assert.True(((LinuxStreamSocket)later).Number < _bound);
        await EchoAsync(second, later);
    }

    [Fact]
    public async Task Short_of_descriptors_an_accept_that_nobody_waits_for_waits()
    {
        using var first = await _clients.ConnectTo(_listener);
        using var kept = await _listener.AcceptNext();
        using var stop = new CancellationTokenSource();
        var idle = _listener.AcceptAsync(stop.Token).AsTask();
        Assert.False(idle.IsCompleted);
        using var second = await _clients.ConnectTo(_listener);
        Assert.Equal(ResultCode.EENOSOCKS, (await idle.WaitAsync(Loopback.Bound)).Code);
    }

    [Fact]
    public async Task Filling_up_again_and_again_does_not_use_the_reserve_up()
    {
        using var first = await _clients.ConnectTo(_listener);
        using var kept = await _listener.AcceptNext();
        for (var round = 0; round < 3; round++)
        {
            using var near = await _clients.ConnectTo(_listener);
            Assert.Equal(ResultCode.EENOSOCKS, await RefusedAsync());
            Free(1);
            using var far = await _listener.AcceptNext();
            using var other = await _clients.ConnectTo(_listener);
            Assert.Equal(ResultCode.EENOSOCKS, await RefusedAsync());
            Assert.True(((LinuxStreamSocket)far).Number < _bound);
            far.Dispose();
            using var next = await _listener.AcceptNext();
            Assert.True(((LinuxStreamSocket)next).Number < _bound);
            next.Dispose();
            Fill();
        }
    }

    [Fact]
    public async Task Once_the_reserve_is_whole_again_an_accept_does_not_ask()
    {
        Assert.False(_engine.Reserve.IsTouched);
        using var first = await _clients.ConnectTo(_listener);
        using var kept = await _listener.AcceptNext();
        Assert.True(_engine.Reserve.IsTouched);
        kept.Dispose();
        Assert.False(_engine.Reserve.IsTouched);
    }

    [Fact]
    public async Task A_connect_that_would_take_one_of_the_reserve_is_refused_and_leaves_it()
    {
        var refused = await ConnectAsync();
        Assert.Equal(ResultCode.EENOSOCKS, refused.Code);
        Assert.False(_engine.Reserve.IsTouched);
        Free(1);
        using var near = (await ConnectAsync()).Socket!;
        Assert.True(((LinuxStreamSocket)near).Number < _bound);
        Assert.Equal(ResultCode.EENOSOCKS, (await ConnectAsync()).Code);
    }

    [Fact]
    public async Task A_connection_that_comes_from_elsewhere_is_not_refused()
    {
        using var first = await _clients.ConnectTo(_listener);
        using var far = await _listener.AcceptNext();
        using var descriptor = ((LinuxStreamSocket)far).HandOut().Socket!;
        Assert.False(_engine.Reserve.IsTouched);
        using var moved = _engine.Adopt(descriptor).Socket!;
        Assert.True(_engine.Reserve.IsTouched);
        await EchoAsync(first, moved);
    }

    [Theory]
    [InlineData(64, 1024, 120, 959, 960)]
    [InlineData(64, 160, 120, 139, 140)]
    [InlineData(64, 123, 120, 121, 122)]
    [InlineData(64, 120, int.MaxValue, 119, 120)]
    [InlineData(0, 1024, 120, 1023, 1024)]
    [InlineData(64, int.MaxValue, 120, int.MaxValue - 65, int.MaxValue - 64)]
    public void The_reserve_is_what_was_asked_for_and_at_most_half_of_what_is_free(
        int wanted, int limit, int next, int last, int first)
    {
        var reserve = new DescriptorReserve(wanted, limit, next);
        Assert.False(reserve.Has(last));
        Assert.True(reserve.Has(first));
    }

    [Fact]
    public void What_is_free_below_the_reserve_is_counted_as_far_as_it_matters()
    {
        Assert.Equal(0, _engine.Reserve.Free(10));
        Free(3);
        Assert.Equal(3, _engine.Reserve.Free(10));
        Assert.Equal(2, _engine.Reserve.Free(2));
    }

    [Fact]
    public void The_limit_is_the_soft_one_of_the_process()
    {
        var line = File.ReadLines("/proc/self/limits")
            .Single(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        var expected = soft == "unlimited" ? int.MaxValue : int.Parse(soft, CultureInfo.InvariantCulture);
        Assert.Equal(expected, DescriptorReserve.Limit());
    }

    private static async Task EchoAsync(IStreamSocket near, IStreamSocket far)
    {
        var buffer = new byte[8];
        await near.SendAsync("ask"u8.ToArray());
        Assert.Equal(IoResult.Moved(3), await far.ReceiveAsync(buffer).AsTask().WaitAsync(Loopback.Bound));
        await far.SendAsync("reply"u8.ToArray());
        Assert.Equal(IoResult.Moved(5), await near.ReceiveAsync(buffer).AsTask().WaitAsync(Loopback.Bound));
    }

    private async Task<ResultCode> RefusedAsync() =>
        (await _listener.AcceptAsync(CancellationToken.None).AsTask().WaitAsync(Loopback.Bound)).Code;

    private ValueTask<SocketOr<IStreamSocket>> ConnectAsync() => _engine.ConnectAsync(
        _listener.LocalEndPoint, TimeSpan.FromSeconds(30), TimeProvider.System, CancellationToken.None);

    private void Fill()
    {
        while (true)
        {
            var number = SystemCalls.CreateEvent(0, Native.CloseOnExec);
            Assert.True(number >= 0);
            var descriptor = new SocketDescriptor(number);
            if (number >= _bound)
            {
                descriptor.Dispose();
                return;
            }

            _fill.Push(descriptor);
        }
    }

    private void Free(int count)
    {
        while (count-- > 0) _fill.Pop().Dispose();
    }
}
