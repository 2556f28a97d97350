using System.Buffers;
using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Handoff.AspNetCore.Ports;
using Handoff.AspNetCore.Tests.Setup;
using Handoff.Transport;

namespace Handoff.AspNetCore.Tests;

// Without a host: the targets are the test's.
public sealed class OnePortByHandTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ActorSystem _system = ActorSystem.Create(
        "by-hand", ConfigurationFactory.ParseString("akka { loggers = [], stdout-loglevel = OFF }"));

    private HandoffExtension Handoff => HandoffExtension.For(_system);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _system.Terminate().WaitAsync(Patience);
        _system.Dispose();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 0)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 1)]
    [InlineData("\u0016\u0003\u0001", 2)]
    [InlineData("hello\n", 3)]
    public async Task Each_has_its_target_with_all_its_bytes(string bytes, int target)
    {
        var targets = new List<SocketTarget>();
        for (var i = 0; i < 4; i++) targets.Add(await Handoff.OpenTargetAsync());
        var props = OnePort.Props(new OnePortTargets(targets[3].Ref)
        {
            Http1 = targets[0].Ref, Http2 = targets[1].Ref, Tls = targets[2].Ref,
        });
        Assert.Equal(bytes, await ReadAsync(targets[target], props, bytes));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001")]
    public async Task What_has_no_target_is_the_others(string bytes)
    {
        var others = await Handoff.OpenTargetAsync();
        Assert.Equal(bytes, await ReadAsync(others, OnePort.Props(new OnePortTargets(others.Ref)), bytes));
    }

    [Fact]
    public async Task What_its_target_does_not_take_is_closed()
    {
        var silent = _system.ActorOf(Props.Create(() => new Silent()));
        await using var others = await Handoff.OpenTargetAsync();
        await using var door = await ListenAsync(OnePort.Props(new OnePortTargets(others.Ref) { Http1 = silent }));
        var client = await Handoff.ConnectAsync(door.EndPoint);
        await client.Lease.Output.WriteAsync("GET / HTTP/1.1\r\n"u8.ToArray());
        _system.Stop(silent);
        Assert.True((await client.Lease.Input.ReadAsync().AsTask().WaitAsync(Patience)).IsCompleted);
    }

    [Fact]
    public async Task A_crash_of_it_costs_no_connection()
    {
        await using var others = await Handoff.OpenTargetAsync();
        var calls = 0;
        var props = OnePort.Props(_ => Interlocked.Increment(ref calls) == 1
            ? throw new InvalidOperationException("a crash")
            : new OnePortTargets(others.Ref));
        Assert.Equal("hello", await ReadAsync(others, props, "hello"));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Without_its_filter_it_closes_what_it_cannot_tell()
    {
        await using var others = await Handoff.OpenTargetAsync();
        var actor = _system.ActorOf(OnePort.Props(new OnePortTargets(others.Ref)));
        await using var door = await Handoff.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), actor);
        var client = await Handoff.ConnectAsync(door.EndPoint);
        Assert.True((await client.Lease.Input.ReadAsync().AsTask().WaitAsync(Patience)).IsCompleted);
    }

    private async Task<string> ReadAsync(SocketTarget target, Props props, string bytes)
    {
        await using var door = await ListenAsync(props);
        var client = await Handoff.ConnectAsync(door.EndPoint);
        await client.Lease.Output.WriteAsync(System.Text.Encoding.Latin1.GetBytes(bytes));
        var owned = await target.AcquireNextAsync().WaitAsync(Patience);
        var read = await owned.Lease.Input.ReadAtLeastAsync(bytes.Length).AsTask().WaitAsync(Patience);
        var text = System.Text.Encoding.Latin1.GetString(read.Buffer.ToArray());
        owned.Lease.Input.AdvanceTo(read.Buffer.End);
        return text;
    }

    private Task<ListeningSocket> ListenAsync(Props props) => Handoff.ListenAsync(
        new IPEndPoint(IPAddress.Loopback, 0), _system.ActorOf(props), acceptFilter: OnePort.Filter);
}
