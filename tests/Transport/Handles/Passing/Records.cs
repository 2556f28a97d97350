using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Handles.Passing;

internal static unsafe class Records
{
    // Two ends of a connection of records, in no engine.
    public static (SocketDescriptor Near, SocketDescriptor Far) Pair()
    {
        var ends = stackalloc int[2];
        const int Type = Native.RecordSocket | Native.NonBlocking | Native.CloseOnExec;
        Assert.Equal(0, SystemCalls.SocketPair(Native.FamilyUnix, Type, 0, ends));
        return (new SocketDescriptor(ends[0]), new SocketDescriptor(ends[1]));
    }
}
