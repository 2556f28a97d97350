using System.Diagnostics;
using System.Runtime.InteropServices;
using Handoff.Transport.Children;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Handles.Passing;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Children;

[Collection(nameof(Alone))]
public sealed partial class ManyChildrenTests
{
    private const int ChildEnds = 17;

    // Beside them the runtime has children of its own, which it waits for in its own way.
    [Fact]
    public async Task Two_hundred_leave_no_zombie_and_no_descriptor()
    {
        const int Rounds = 25, AtOnce = 8;
        await using var house = new Household();
        await RoundAsync(house, AtOnce);
        var before = OpenDescriptors.Count;
        for (var round = 0; round < Rounds; round++)
        {
            using var other = Process.Start("/bin/true");
            await RoundAsync(house, AtOnce);
            await other.WaitForExitAsync().WaitAsync(Loopback.Bound);
        }

        Assert.Equal(0, house.Supervisor.Count);
        Assert.Equal(before, OpenDescriptors.Count);
        Assert.Empty(OwnChildren());
    }

    [Fact]
    public async Task Two_hundred_that_cannot_be_started_leave_no_descriptor()
    {
        await using var house = new Household();
        var (client, connection) = await house.ConnectAsync();
        using (client)
        using (connection)
        {
            var before = OpenDescriptors.Count;
            for (var i = 0; i < 200; i++)
            {
                var missing = house.Supervisor.Start(
                    new ChildProgram("/bin/missing"), new ChildDescriptors.Standard(connection));
                Assert.Equal(ResultCode.EESPAWN, missing.Result.Code);
            }

            Assert.Equal(before, OpenDescriptors.Count);
        }
    }

    // As some supervisors start what they supervise (signal(7)): the kernel reaps then, and nobody is told.
    [Fact]
    public async Task Where_this_process_ignores_that_children_end_none_is_started()
    {
        await using var house = new Household();
        var (client, connection) = await house.ConnectAsync();
        using (client)
        using (connection)
        {
            var before = SetHandler(ChildEnds, 1);
            try
            {
                var (child, result) = house.Supervisor.Start(
                    new ChildProgram("/bin/true"), new ChildDescriptors.Standard(connection));
                Assert.Equal((null, ResultCode.EEMODENOTSUPP), (child, result.Code));
                Assert.Contains("SIGCHLD", result.Reason, StringComparison.Ordinal);
            }
            finally
            {
                SetHandler(ChildEnds, before);
            }
        }
    }

    private static async Task RoundAsync(Household house, int count)
    {
        var runs = Enumerable.Range(0, count)
            .Select(i => house.RunAsync(Household.Shell($"cat; exit {i}"), $"{i}\n")).ToArray();
        for (var i = 0; i < count; i++)
        {
            var (output, report) = await runs[i].WaitAsync(Loopback.Bound);
            Assert.Equal(($"{i}\n", new ChildEnd.Exited(i)), (output, report.End));
        }
    }

    // Living or zombies: proc(5), the fourth field of stat, behind the name in parentheses.
    private static IEnumerable<string> OwnChildren()
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(path => char.IsDigit(path[^1])))
        {
            string stat;
            try
            {
                stat = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (IOException)
            {
                continue; // it ended meanwhile
            }

            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            if (fields[1] == $"{Environment.ProcessId}") yield return stat;
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);
}
