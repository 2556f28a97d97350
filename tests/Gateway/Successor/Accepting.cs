using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Handoff.Gateway.Tests.Successor;

// What a service that waits starts, as inetd's tradition has it: descriptor 0 is the listener, which it accepts from
// by calls that wait. To each client it says its number and then what it hears, until the client finishes.
internal static class Accepting
{
    public static int Run(int clients)
    {
        // Not ours to close.
        using var listener = new Socket(new SafeSocketHandle(0, ownsHandle: false));
        for (var i = 0; i < clients; i++)
        {
            using var client = listener.Accept();
            Serve(client);
        }

        return 0;
    }

    private static void Serve(Socket client)
    {
        client.Send(Encoding.ASCII.GetBytes(
            Environment.ProcessId.ToString("D10", CultureInfo.InvariantCulture)));
        var buffer = new byte[4096];
        while (client.Receive(buffer) is var n and > 0) client.Send(buffer.AsSpan(0, n));
    }
}
