using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Handles.Passing;

// Descriptors of this process, and counters, which can be told apart.
internal static class OpenDescriptors
{
    public static int Count => Directory.GetFiles("/proc/self/fd").Length;

    public static SocketDescriptor Event(uint value) =>
        new(SystemCalls.CreateEvent(value, Native.CloseOnExec | Native.NonBlocking));

    public static unsafe ulong Read(SocketDescriptor counter)
    {
        ulong value = 0;
        Assert.Equal(sizeof(ulong), SystemCalls.Read(counter.Number, &value, sizeof(ulong)));
        return value;
    }
}
