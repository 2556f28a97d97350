using Handoff.Transport.Children;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Tests.Engine.Linux;

namespace Handoff.Transport.Tests.Children;

public sealed class ChildListenersTests : IAsyncLifetime
{
    private readonly Household _house = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task They_are_its_descriptors_from_three_on_and_it_is_told_so()
    {
        using var one = Open();
        using var two = Open();
        const string Script = """
            echo $LISTEN_FDS $LISTEN_FDNAMES; test $LISTEN_PID = $$ && echo mine
            /bin/readlink /proc/$$/fd/0 /proc/$$/fd/3 /proc/$$/fd/4; /bin/ls /proc/$$/fd
            """;
        var output = await LogOfAsync(Household.Shell(Script), new("one", one), new("two.x", two));
        Assert.Equal(
            ["2 one:two.x", "mine", "/dev/null", Target(one), Target(two), "0", "1", "2", "3", "4", ""],
            output.Split('\n'));
    }

    // Each has a number that is another's place.
    [Fact]
    public async Task Their_own_numbers_do_not_matter()
    {
        const int Many = 300, First = 3;
        var descriptors = Enumerable.Range(0, Many).Select(_ => Open()).Reverse().ToArray();
        try
        {
            Assert.Contains(descriptors, descriptor => descriptor.Number < First + Many);
            var output = await LogOfAsync(
                Household.Shell("/bin/ls -l /proc/$$/fd"),
                [.. descriptors.Select((descriptor, i) => new NamedListener($"n{i}", descriptor))]);
            var links = output.Split('\n').Where(line => line.Contains("->", StringComparison.Ordinal))
                .Select(line => line.Split(' ')[^3..])
                .ToDictionary(parts => int.Parse(parts[0], null), parts => parts[2]);
            Assert.Equal(First + Many, links.Count);
            for (var i = 0; i < Many; i++) Assert.Equal(Target(descriptors[i]), links[First + i]);
        }
        finally
        {
            foreach (var descriptor in descriptors) descriptor.Dispose();
        }
    }

    [Fact]
    public async Task A_listener_that_a_child_had_comes_back_and_its_calls_wait_no_more()
    {
        var listener = (LinuxListenSocket)_house.Engine.Listen(Loopback.AnyPort, 1).Socket!;
        using var descriptor = listener.HandOut().Socket!;
        var child = _house.Start(new ChildProgram("/bin/true"), new ChildDescriptors.Standard(descriptor));
        await child.Ended.WaitAsync(Loopback.Bound);
        var number = descriptor.Number;
        Assert.False(SocketOptions.IsNonBlocking(number));
        using var back = _house.Engine.AdoptListener(descriptor).Socket!;
        Assert.True(SocketOptions.IsNonBlocking(number));
        var accepting = back.AcceptNext();
        using var client = await _house.Engine.ConnectTo(back);
        using var accepted = await accepting;
        Assert.Equal(client.LocalEndPoint, accepted.RemoteEndPoint);
    }

    [Fact]
    public void A_program_that_is_not_there_is_told_at_once_though_a_shell_would_start_it()
    {
        using var one = Open();
        var (child, result) = _house.Supervisor.Start(
            new ChildProgram("/bin/missing"), new ChildDescriptors.Listeners([new("one", one)]));
        Assert.Null(child);
        Assert.Equal(new SocketResult(ResultCode.EESPAWN, "/bin/missing was not started: ENOENT"), result);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    public void A_name_has_nothing_in_it_that_separates_names(string name)
    {
        using var one = Open();
        Assert.Throws<ArgumentException>(() => new NamedListener(name, one));
        Assert.False(NamedListener.IsName(new string('x', 256)));
    }

    private static SocketDescriptor Open() =>
        new(SystemCalls.Socket(Native.FamilyIPv4, Native.StreamSocket | Native.CloseOnExec, 0));

    private static string Target(SocketDescriptor descriptor) =>
        new FileInfo($"/proc/self/fd/{descriptor.Number}").LinkTarget!;

    private async Task<string> LogOfAsync(ChildProgram program, params NamedListener[] named)
    {
        var (client, log) = await _house.ConnectAsync();
        using (client)
        {
            using (log)
            {
                Assert.Equal(Errno.None, SocketOptions.SetNonBlocking(log.Number, isOn: false));
                _house.Start(program, new ChildDescriptors.Listeners(named, log));
            }

            return await Household.ReadToEndAsync(client);
        }
    }
}
