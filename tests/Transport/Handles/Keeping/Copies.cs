using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Handles.Keeping;

internal static class Copies
{
    private const int Duplicate = 0; // F_DUPFD of fcntl(2)

    public static SocketDescriptor Of(int number) => new(SystemCalls.Control(number, Duplicate, 3));
}
