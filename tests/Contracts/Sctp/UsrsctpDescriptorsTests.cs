using System.Globalization;
using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Usrsctp;

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

    // Else it drops what comes while the stack's thread waits for its turn, and each drop may cost a second.
    [SctpFact]
    public void The_system_holds_as_many_packets_for_the_stack_as_it_allows()
    {
        var port = Assert.IsType<UsrsctpBackend>(new SctpKind.Usrsctp().Backend).UdpPort;
        var buffers = Directory.GetFiles("/proc/self/fd").Where(IsSocket)
            .Select(file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture))
            .Where(number => SocketName.OfLocal(number) is IPEndPoint place && place.Port == port)
            .Select(number => SocketOptions.TryGet(
                number, Native.SocketLevel, Native.ReceiveBuffer, out var size) ? size : 0)
            .ToArray();
        var most = int.Parse(File.ReadAllText("/proc/sys/net/core/rmem_max"), CultureInfo.InvariantCulture);
        var wanted = 2 * Math.Min(most, UsrsctpDescriptors.ReceiveBuffer); // it is doubled: socket(7)
        Assert.NotEmpty(buffers);
        Assert.All(buffers, size => Assert.Equal(wanted, size));
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
