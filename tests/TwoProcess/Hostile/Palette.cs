using System.Runtime.InteropServices;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Passing;

namespace Handoff.TwoProcess.Tests.Hostile;

/// <summary>Descriptors that a hostile process has at hand: none of them is a token that anybody could take.</summary>
internal sealed unsafe partial class Palette : IDisposable
{
    private readonly SocketDescriptor[] _all;

    public Palette()
    {
        var spent = TakeOnceToken.Create(out _)!;
        spent.Take();
        var ends = stackalloc int[4];
        Check(SystemCalls.SocketPair(Native.FamilyUnix, Native.RecordSocket | Native.CloseOnExec, 0, ends));

        // A pipe whose readers wait.
        Check(Pipe(ends + 2, Native.CloseOnExec));
        _all =
        [
            spent.Descriptor, SealedMemory.Create("no"u8).Socket!,
            .. new Span<int>(ends, 4).ToArray().Select(number => new SocketDescriptor(number)),
        ];
    }

    public SocketDescriptor[] Any(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => _all[random.Next(_all.Length)])];

    // One that may still be changed, as the sealed ones may not.
    public static SocketDescriptor Unsealed(ReadOnlySpan<byte> bytes)
    {
        var number = SystemCalls.CreateMemoryFile("handoff", Native.MemoryCloseOnExec | Native.MemoryAllowSealing);
        Check(number);
        fixed (byte* start = bytes) Check((int)SystemCalls.Write(number, start, (nuint)bytes.Length));
        return new SocketDescriptor(number);
    }

    public void Dispose() => Array.ForEach(_all, one => one.Dispose());

    private static void Check(int result)
    {
        if (result < 0) throw new InvalidOperationException($"errno {Errors.Last}");
    }

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe(int* ends, int flags);
}
