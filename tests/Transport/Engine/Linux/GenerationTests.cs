using System.Runtime.InteropServices;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Engine.Linux;

[Collection(nameof(Alone))]
public sealed partial class GenerationTests
{
    private const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC: fcntl(2)

    // A file that somebody else holds too stays watched after its close, under a number that is given out again.
    [Fact]
    public async Task An_event_of_a_closed_descriptor_does_not_reach_its_successor_under_the_same_number()
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var listener = engine.Listen(Loopback.AnyPort, 16).Socket!;
        using var near = await engine.ConnectTo(listener);
        var far = (LinuxStreamSocket)await listener.AcceptNext();
        using var asking = await engine.ConnectTo(listener);
        using var asked = await listener.AcceptNext();
        var number = far.Number;
        using var copy = new SocketDescriptor(Duplicate(number, DuplicateCloseOnExec, 0));
        var early = far.WaitReadableAsync().AsTask();
        far.Dispose();
        Assert.Equal(ResultCode.EEBADF, (await early.WaitAsync(Loopback.Bound)).Code);
        var (heir, peer, all) = await WithNumberAsync(engine, listener, number);
        var wait = heir.WaitReadableAsync().AsTask();

        // The loop has seen the event of the old one when it has carried out the later one of another.
        await near.SendAsync(new byte[1]);
        var later = asked.WaitReadableAsync().AsTask();
        await asking.SendAsync(new byte[1]);
        await later.WaitAsync(Loopback.Bound);
        Assert.False(wait.IsCompleted);
        await peer.SendAsync(new byte[3]);
        Assert.Equal(IoResult.Moved(0), await wait.WaitAsync(Loopback.Bound));
        Assert.Equal(IoResult.Moved(3), await heir.ReceiveAsync(new byte[16]));
        foreach (var socket in all) socket.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Duplicate(int descriptor, int command, int least);

    private static async Task<(LinuxStreamSocket Heir, LinuxStreamSocket Peer, List<IStreamSocket> All)>
        WithNumberAsync(LinuxEngine engine, IListenSocket listener, int number)
    {
        var all = new List<IStreamSocket>();
        for (var i = 0; i < 16; i++)
        {
            var one = (LinuxStreamSocket)await engine.ConnectTo(listener);
            var other = (LinuxStreamSocket)await listener.AcceptNext();
            all.AddRange([one, other]);
            if (one.Number == number) return (one, other, all);
            if (other.Number == number) return (other, one, all);
        }

        throw new InvalidOperationException($"Nobody was given number {number} again.");
    }
}
