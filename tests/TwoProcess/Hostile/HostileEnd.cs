using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;

namespace Handoff.TwoProcess.Tests.Hostile;

/// <summary>A control socket: one end keeps to the protocol, and whoever has the other sends what it likes.</summary>
internal sealed class HostileEnd : IDisposable
{
    // Of every wait; one that is over has failed.
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    // Small frames, so that there is room for all of a case.
    public static readonly HandleOptions Options = new()
    {
        AnswerTimeout = Bound,
        QuiesceTimeout = Bound / 2,
        TransferTimeout = Bound,
        SendTimeout = Bound,
        MaxFrame = HandleOptions.SmallestFrame,
    };

    private const int DuplicateOnExecClosed = 1030; // F_DUPFD_CLOEXEC of fcntl(2)

    private readonly SocketDescriptor _raw;
    private readonly FrameChannel _answers;

    public unsafe HostileEnd(LinuxEngine engine)
    {
        const int Type = Native.RecordSocket | Native.NonBlocking | Native.CloseOnExec;
        var ends = stackalloc int[2];
        if (SystemCalls.SocketPair(Native.FamilyUnix, Type, 0, ends) != 0)
            throw new InvalidOperationException($"errno {Errors.Last}");
        _raw = new SocketDescriptor(SystemCalls.Control(ends[1], DuplicateOnExecClosed, 0));
        Victim = Channel(engine, ends[0]);
        _answers = Channel(engine, ends[1]);
    }

    // The end of the side that is attacked.
    public FrameChannel Victim { get; }

    public void Send(Attack attack)
    {
        int[] numbers = [.. attack.Descriptors.Select(one => one.Number)];
        ControlCalls.Send(_raw.Number, attack.Bytes.Span, numbers, out var error);
        attack.Dispose();
        GC.KeepAlive(attack);
        if (error is not Errno.None) throw new InvalidOperationException($"{attack} was not sent: errno {error}");
    }

    // The next of such frames that the other side says.
    public async Task<T> NextAsync<T>(ulong id)
        where T : Frame
    {
        while (true)
        {
            var arrival = await _answers.ReceiveAsync(Bound, default);
            arrival.Descriptors.Dispose();
            if (arrival.Frame is T frame && frame.Id == id) return frame;
            if (!arrival.Result.IsSuccess) throw new InvalidOperationException($"No {typeof(T).Name}: {arrival}");
        }
    }

    // What the other side said, and nobody looks at.
    public Task DrainAsync() => DrainAsync(_answers);

    // What the other side has not read yet; it must not be reading.
    public Task DrainVictimAsync() => DrainAsync(Victim);

    public void Dispose()
    {
        _raw.Dispose();
        _answers.Dispose();
        Victim.Dispose();
    }

    private static async Task DrainAsync(FrameChannel channel)
    {
        while (true)
        {
            var arrival = await channel.ReceiveAsync(TimeSpan.Zero, default);
            arrival.Descriptors.Dispose();
            if (arrival.Result.Code is ResultCode.EETIMEDOUT) return;
        }
    }

    private static FrameChannel Channel(LinuxEngine engine, int number) => new(
        ControlSocket.Adopt(engine, new SocketDescriptor(number), Options, PeerRule.SameUser).Socket!, Options);
}
