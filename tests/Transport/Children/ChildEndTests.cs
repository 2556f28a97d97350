using Handoff.Transport.Children;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Handles.Passing;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Children;

public sealed class ChildEndTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly ManualTime _time = new();
    private readonly Household _house;

    public ChildEndTests() => _house = new Household(new ChildOptions { MaxChildren = 2 }, _time);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(255)]
    public async Task It_tells_its_exit_code(int code)
    {
        var (_, report) = await _house.RunAsync(Household.Shell($"exit {code}"));
        Assert.Equal(new ChildReport(new ChildEnd.Exited(code), ChildStop.None, TimeSpan.Zero), report);
    }

    [Fact]
    public async Task It_tells_the_signal_that_killed_it()
    {
        var (_, report) = await _house.RunAsync(Household.Shell("kill -USR1 $$"));
        Assert.Equal((new ChildEnd.Signalled(10, DumpedCore: false), ChildStop.None), (report.End, report.Stop));
    }

    [Theory]
    [InlineData(0x0000, "Exited { Code = 0 }")]
    [InlineData(0x7f00, "Exited { Code = 127 }")]
    [InlineData(0x000f, "Signalled { Signal = 15, DumpedCore = False }")]
    [InlineData(0x008b, "Signalled { Signal = 11, DumpedCore = True }")]
    public void A_status_is_read_as_the_kernel_writes_it(int status, string end) =>
        Assert.Equal(end, ChildEnd.OfStatus(status).ToString());

    [Fact]
    public async Task One_that_runs_for_longer_than_it_may_is_told_to_end()
    {
        var (client, child) = await _house.StartAsync(new ChildProgram("/bin/cat") { Limit = Limit });
        using (client)
        {
            _time.Advance(Limit - TimeSpan.FromTicks(1));
            Assert.False(child.Ended.IsCompleted);
            _time.Advance(TimeSpan.FromTicks(1));
            var report = await child.Ended.WaitAsync(Loopback.Bound);
            Assert.Equal(
                new ChildReport(new ChildEnd.Signalled(15, DumpedCore: false), ChildStop.TimedOut, Limit), report);
            Assert.Equal("", await Household.ReadToEndAsync(client));
        }
    }

    [Fact]
    public async Task One_that_does_not_end_when_it_is_told_to_is_killed_with_its_group()
    {
        var (client, child) = await _house.StartAsync(Household.Shell("trap '' TERM; echo ready; cat; cat"));
        using (client)
        {
            Assert.Equal("ready", await Household.ReadLineAsync(client));
            child.Stop(ChildStop.Stopped);
            child.Stop(ChildStop.TimedOut);
            _time.Advance(_house.Supervisor.Options.StopTimeout - TimeSpan.FromTicks(1));
            await client.SendAsync("still there\n"u8.ToArray());
            Assert.Equal("still there", await Household.ReadLineAsync(client));
            _time.Advance(TimeSpan.FromTicks(1));
            var report = await child.Ended.WaitAsync(Loopback.Bound);
            Assert.Equal((new ChildEnd.Signalled(9, false), ChildStop.Stopped), (report.End, report.Stop));
            Assert.Equal("", await Household.ReadToEndAsync(client));
        }
    }

    [Fact]
    public async Task One_that_stands_still_hears_that_it_is_to_end()
    {
        var (client, child) = await _house.StartAsync(new ChildProgram("/bin/cat"));
        using (client)
        {
            Assert.Equal(0, ProcessCalls.Signal(child.ProcessId, 19)); // SIGSTOP
            Assert.Equal(child.ProcessId, await Task.Run(() => WaitStopped(child.ProcessId)));
            child.Stop(ChildStop.Stopped);
            var report = await child.Ended.WaitAsync(Loopback.Bound);
            Assert.Equal(new ChildEnd.Signalled(15, DumpedCore: false), report.End);
        }
    }

    // What it left behind has the connection: the client would wait for ever.
    [Fact]
    public async Task Its_group_ends_with_it()
    {
        var (output, report) = await _house.RunAsync(Household.Shell("sleep 100000 & echo gone; exit 4"));
        Assert.Equal(("gone\n", new ChildEnd.Exited(4)), (output, report.End));
    }

    [Fact]
    public async Task All_end_with_the_supervisor_which_starts_none_any_more()
    {
        var (one, first) = await _house.StartAsync(Household.Shell("cat; cat"));
        var (other, second) = await _house.StartAsync(new ChildProgram("/bin/cat"));
        using (one)
        using (other)
        {
            Assert.True((await _house.Supervisor.StopAsync().WaitAsync(Loopback.Bound)).IsSuccess);
            foreach (var child in (Child[])[first, second])
            {
                Assert.Equal(ChildStop.Stopped, (await child.Ended.WaitAsync(Loopback.Bound)).Stop);
                Assert.False(Household.IsThere(child));
            }

            Assert.Equal("", await Household.ReadToEndAsync(one));
            Assert.Equal("", await Household.ReadToEndAsync(other));
        }

        var (client, connection) = await _house.ConnectAsync();
        using (client)
        using (connection)
        {
            var late = _house.Supervisor.Start(
                new ChildProgram("/bin/cat"), new ChildDescriptors.Standard(connection));
            Assert.Equal(ResultCode.EEABORTED, late.Result.Code);
        }
    }

    [Fact]
    public async Task No_more_run_than_may_and_each_that_ends_makes_room()
    {
        var (one, first) = await _house.StartAsync(new ChildProgram("/bin/cat"));
        var (other, _) = await _house.StartAsync(new ChildProgram("/bin/cat"));
        using (one)
        using (other)
        {
            var (client, connection) = await _house.ConnectAsync();
            using (client)
            using (connection)
            {
                var program = new ChildProgram("/bin/true");
                var tooMany = _house.Supervisor.Start(program, new ChildDescriptors.Standard(connection));
                Assert.Equal((null, ResultCode.EEQUOTA), (tooMany.Child, tooMany.Result.Code));
                one.ShutdownSend();
                await first.Ended.WaitAsync(Loopback.Bound);
                _house.Start(program, new ChildDescriptors.Standard(connection));
            }
        }
    }

    [Fact]
    public async Task They_end_with_the_engine_that_watches_them()
    {
        var (client, child) = await _house.StartAsync(new ChildProgram("/bin/sleep") { Arguments = ["100000"] });
        await _house.Engine.DisposeAsync();
        var report = await child.Ended.WaitAsync(Loopback.Bound);
        Assert.Equal((new ChildEnd.Signalled(9, false), ChildStop.Unwatched), (report.End, report.Stop));
        Assert.False(Household.IsThere(child));
        client.Dispose();
    }

    [Fact]
    public async Task One_whose_end_somebody_else_took_has_ended_all_the_same()
    {
        var (client, reaped) = await _house.StartAsync(new ChildProgram("/bin/true"));
        client.Dispose();
        await reaped.Ended.WaitAsync(Loopback.Bound);
        var supervisor = new ChildSupervisor(_house.Engine, new ChildOptions(), _time);
        var ready = _house.Engine.Place(OpenDescriptors.Event(1).Take(), isShared: false);
        var stolen = new Child(reaped.ProcessId, ready, supervisor, null, _time);
        Assert.Equal(new ChildEnd.Untold(), (await stolen.Ended.WaitAsync(Loopback.Bound)).End);
    }

    private static unsafe int WaitStopped(int process)
    {
        const int Untraced = 2;
        int status;
        return ProcessCalls.Wait(process, &status, Untraced);
    }
}
