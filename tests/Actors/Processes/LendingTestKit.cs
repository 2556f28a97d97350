using System.Diagnostics;
using System.Net;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// Sockets that are lent to real programs of the system. With one loop a call that waited would hold up everything.
public abstract class LendingTestKit(ITestOutputHelper output, bool virtualTime = false)
    : SocketTestKit(output, Config, virtualTime)
{
    protected const int MostStarts = 3;

    private const string Config = """
        handoff.io.loops = 1
        handoff.children.stop-timeout = 500ms
        handoff.children.max-starts = 3
        handoff.children.starts-window = 1h
        handoff.children.starts-pause = 1h

        """;

    protected static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    protected static readonly OpenProgram Sleeping = Shell("exec sleep 1000");

    private static readonly string[] Tables = ["tcp", "udp"];

    protected static OpenProgram Shell(string script, params string[] arguments) =>
        new("/bin/sh", ["-c", script, "sh", .. arguments]);

    // One that does not hear SIGTERM, and until it has made this file it does.
    protected static OpenProgram Deaf(string place) =>
        Shell("trap '' TERM; : >$1; sleep 1000 & wait; wait", place);

    protected void AwaitDeaf(string place)
    {
        AwaitCondition(() => File.Exists(place), Patience);
        File.Delete(place);
    }

    protected static string AnyPlace => Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    protected IActorRef Open(TestProbe observer, OpenProgram open)
    {
        var asker = CreateTestProbe();
        Handoff.Processes.Tell(open with { Observer = observer }, asker);
        return asker.ExpectMsg<ProgramOpened>().Program;
    }

    // A listener whose connections this process leaves alone.
    protected Listening ListenForPrograms(TestProbe owner)
    {
        var listen = new Listen(new IPEndPoint(IPAddress.Loopback, 0), owner) { ForPrograms = true };
        Handoff.Sockets.Tell(listen, owner);
        return owner.ExpectMsg<Listening>();
    }

    protected static Release Lend(
        TestProbe owner, SocketHandle handle, IActorRef program, TimeSpan? time = null, TimeSpan? within = null)
    {
        var release = new Release(handle, program) { LoanFor = time ?? Long, Within = within ?? Long };
        handle.Socket.Tell(release, owner);
        return release;
    }

    protected static (Returned Returned, Acquired Acquired) TakeBack(TestProbe owner)
    {
        var returned = owner.ExpectMsg<Returned>();
        return (returned, owner.ExpectMsg<Acquired>());
    }

    protected static ReleaseFailed NotLent(TestProbe owner, Release release, OfferOutcome outcome)
    {
        var failed = owner.ExpectMsg<ReleaseFailed>();
        Assert.Same(release, failed.Release);
        Assert.Equal(outcome, failed.Outcome);
        return failed;
    }

    // Until then what comes is taken here. Afterwards nothing is, and the socket is looked at by a copy.
    protected void AwaitStopped(EndPoint local)
    {
        var socket = SocketAt(local);
        AwaitCondition(() => OpenHere(socket).Count == 2, Patience);
    }

    // As /proc names it.
    protected static string SocketAt(EndPoint local)
    {
        var port = $":{((IPEndPoint)local).Port:X4}";
        var entry = Tables.SelectMany(kind => File.ReadLines($"/proc/self/net/{kind}"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .First(entry => entry[1].EndsWith(port, StringComparison.Ordinal) && entry[3] is "0A" or "07");
        return $"socket:[{entry[9]}]";
    }

    // The descriptors that this process has of it.
    protected static IReadOnlyList<string> OpenHere(string socket)
    {
        var descriptors = new DirectoryInfo("/proc/self/fd").EnumerateFiles();
        return [.. descriptors.Where(file => LinkOf(file) == socket).Select(file => file.Name)];
    }

    protected static bool IsNonBlocking(string process, string descriptor)
    {
        const string Flags = "flags:";
        var line = File.ReadLines($"/proc/{process}/fdinfo/{descriptor}")
            .First(line => line.StartsWith(Flags, StringComparison.Ordinal));
        return (Convert.ToInt32(line[Flags.Length..].Trim(), 8) & 0x800) != 0;
    }

    private static string? LinkOf(FileInfo file)
    {
        try
        {
            return file.LinkTarget;
        }
        catch (IOException)
        {
            return null; // closed meanwhile
        }
    }

    protected static void Kill(int process)
    {
        using var running = Process.GetProcessById(process);
        running.Kill();
    }

    protected static bool IsThere(int process) => Directory.Exists($"/proc/{process}");
}
