using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sctp;

namespace Handoff.Contracts.Tests.Sctp;

[NeedsUsrsctp]
public sealed class UsrsctpDescriptorsTests
{
    private const int CloseOnExec = 0x80000; // O_CLOEXEC, as fdinfo shows FD_CLOEXEC: proc(5)

    [SctpFact]
    public void No_socket_of_the_stack_goes_to_a_program_that_is_started()
    {
        var (socket, code) = new SctpKind.Usrsctp().Backend.Open([], SctpSocketOptions.Default);
        Assert.Equal(ResultCode.EESUCCESS, code);
        socket!.Dispose();
        var sockets = Directory.GetFiles("/proc/self/fd").Where(IsSocket).Select(Path.GetFileName).ToArray();
        Assert.NotEmpty(sockets);
        Assert.DoesNotContain(sockets, number => FlagsOf(number!) is { } flags && (flags & CloseOnExec) == 0);
    }

    private static bool IsSocket(string file) =>
        new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) ?? false;

    // Null of one that was closed meanwhile.
    private static int? FlagsOf(string number)
    {
        try
        {
            var line = File.ReadLines($"/proc/self/fdinfo/{number}")
                .First(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return Convert.ToInt32(line["flags:".Length..].Trim(), fromBase: 8);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
