using System.Net.Sockets;
using System.Text;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Handles.Systemd;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Handles.Passing;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Handles.Systemd;

/// <summary>What a service manager hears, at a datagram socket of the test's.</summary>
[Collection(nameof(Alone))]
public sealed class FdStoreTests : IAsyncLifetime
{
    private readonly LinuxEngine _engine = new(new LinuxEngineOptions { Loops = 1 });
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_manager_hears_each_word_at_a_path_and_at_an_abstract_name(bool isAbstract)
    {
        using var store = Open(isAbstract);
        Assert.True((await store.ReadyAsync()).IsSuccess);
        Assert.Equal(("READY=1", 0), Hears());
        Assert.True((await store.StoppingAsync()).IsSuccess);
        Assert.Equal(("STOPPING=1", 0), Hears());
        Assert.True((await store.RemoveAsync("web")).IsSuccess);
        Assert.Equal(("FDSTOREREMOVE=1\nFDNAME=web", 0), Hears());
    }

    [Fact]
    public async Task The_manager_gets_copies_of_the_sockets_under_their_name()
    {
        using var store = Open();
        using var one = OpenDescriptors.Event(3);
        using var other = OpenDescriptors.Event(4);
        Assert.True((await store.StoreAsync("web", [one, other], isWatched: true)).IsSuccess);
        Assert.Equal(("FDSTORE=1\nFDNAME=web", 2), Hears([3, 4]));
        Assert.True((await store.StoreAsync("con", [one], isWatched: false)).IsSuccess);
        Assert.Equal(("FDSTORE=1\nFDNAME=con\nFDPOLL=0", 1), Hears());
    }

    [Fact]
    public async Task A_barrier_is_over_when_the_manager_closes_its_end_and_not_before()
    {
        using var store = Open();
        var barrier = store.BarrierAsync(Loopback.Bound, default).AsTask();
        var buffer = new byte[256];
        var received = ControlCalls.Receive((int)_manager.Handle, buffer, room: 10);
        Assert.Equal("BARRIER=1", Encoding.ASCII.GetString(buffer, 0, received.Count));
        Assert.False(barrier.IsCompleted);
        new SocketDescriptor(Assert.Single(received.Numbers)).Dispose();
        Assert.True((await barrier.WaitAsync(Loopback.Bound)).IsSuccess);
    }

    [Fact]
    public async Task A_barrier_that_the_manager_does_not_pass_ends_at_its_bound_and_leaves_nothing_open()
    {
        using var store = Open();
        var before = Pipes();
        var late = await store.BarrierAsync(TimeSpan.FromMilliseconds(1), default);
        Assert.Equal(ResultCode.EETIMEDOUT, late.Code);
        Assert.Equal(before, Pipes());
    }

    [Fact]
    public async Task A_manager_that_hears_nothing_is_waited_for_no_longer_than_the_bound()
    {
        using var store = Open(options: new HandleOptions { SendTimeout = TimeSpan.FromMilliseconds(1) });
        var sent = 0;
        while ((await store.ReadyAsync()) is { IsSuccess: true } && sent < 100_000) sent++;
        Assert.Equal(ResultCode.EETIMEDOUT, (await store.ReadyAsync()).Code);
        for (; sent > 0; sent--) Hears();
        Assert.True((await store.ReadyAsync()).IsSuccess);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("a\nb")]
    [InlineData("ä")]
    [InlineData(null)]
    public async Task What_is_no_name_is_refused_and_nothing_is_sent(string? given)
    {
        var name = given ?? new string('x', FdStore.LongestName + 1);
        using var store = Open();
        using var one = OpenDescriptors.Event(3);
        Assert.Equal(ResultCode.EEBADDATA, (await store.StoreAsync(name, [one], isWatched: true)).Code);
        Assert.Equal(ResultCode.EEBADDATA, (await store.RemoveAsync(name)).Code);
        Assert.Equal(0, _manager.Available);
    }

    [Theory]
    [InlineData("relative", ResultCode.EEBADADDR)]
    [InlineData("@", ResultCode.EEBADADDR)]
    [InlineData("/no/such/socket", ResultCode.EECONNREFUSED)]
    public void A_manager_that_is_not_there_is_told_by_code(string where, ResultCode code)
    {
        var (store, result) = FdStore.Open(_engine, where, new HandleOptions());
        Assert.Null(store);
        Assert.Equal(code, result.Code);
    }

    [Fact]
    public void Without_a_manager_there_is_no_store()
    {
        Environment.SetEnvironmentVariable(FdStore.Variable, null);
        Assert.Equal((null, SocketResult.Success), FdStore.Open(_engine, new HandleOptions()));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _manager.Dispose();
        File.Delete(_path);
        await _engine.DisposeAsync();
    }

    // What a barrier has; the runtime opens files of other kinds at any time, and what earlier tests left to the
    // finalizer is closed before.
    private static int Pipes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Directory.GetFiles("/proc/self/fd").Count(
            file => new FileInfo(file).LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) is true);
    }

    private FdStore Open(bool isAbstract = false, HandleOptions? options = null)
    {
        _manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? $"\0{_path}" : _path));
        Environment.SetEnvironmentVariable(FdStore.Variable, isAbstract ? $"@{_path}" : _path);
        var (store, result) = FdStore.Open(_engine, options ?? new HandleOptions());
        Environment.SetEnvironmentVariable(FdStore.Variable, null);
        Assert.True(result.IsSuccess, result.ToString());
        return store!;
    }

    // The text and how many descriptors came with it, which have these values.
    private (string Text, int Count) Hears(params ulong[] values)
    {
        var buffer = new byte[256];
        var received = ControlCalls.Receive((int)_manager.Handle, buffer, room: 10);
        for (var i = 0; i < received.Numbers.Count; i++)
        {
            using var one = new SocketDescriptor(received.Numbers[i]);
            if (i < values.Length) Assert.Equal(values[i], OpenDescriptors.Read(one));
        }

        return (Encoding.ASCII.GetString(buffer, 0, received.Count), received.Numbers.Count);
    }
}
