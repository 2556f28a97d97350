using System.Globalization;
using System.Net;
using System.Text;
using Handoff.Bench.Echo;

namespace Handoff.Bench.Http;

// Asks for one page again and again, on connections that are kept open.
internal sealed class Pages(int connections) : ILoad
{
    private const string Length = "Content-Length: ";

    private static readonly byte[] Request = [.. "GET / HTTP/1.1\r\nHost: bench\r\n\r\n"u8];
    private static readonly byte[] ReplyBegins = [.. "HTTP/1.1 200 OK\r\n"u8];

    private readonly List<RequestLoop> _loops = [];
    private readonly StopSign _stop = new();

    public long Done => _loops.Sum(loop => loop.Done);

    public void Start(IPEndPoint server)
    {
        var exchange = new Exchange(Request, ReplyBegins, ReplySize(server));
        for (var i = 0; i < connections; i++)
            _loops.Add(new RequestLoop(ClientSocket.Connect(server), exchange, _stop));
        foreach (var loop in _loops) loop.Start();
    }

    public Task StopAsync()
    {
        _stop.Set();
        return Task.WhenAll(_loops.Select(loop => loop.Ended));
    }

    // Of one that is asked for first: all are equally long, the date in the head too.
    private static int ReplySize(IPEndPoint server)
    {
        using var socket = ClientSocket.Connect(server);
        socket.Send(Request);
        var reply = new byte[64 * 1024];
        for (var have = 0; have < reply.Length;)
        {
            var received = socket.Receive(reply.AsSpan(have));
            if (received == 0) throw new BenchFailedException("The server closed before it answered.");
            have += received;
            var text = Encoding.ASCII.GetString(reply, 0, have);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
            if (head < 4) continue;
            var length = text.IndexOf(Length, StringComparison.Ordinal) + Length.Length;
            if (length < Length.Length) throw new BenchFailedException("The page does not say how long it is.");
            var digits = text[length..text.IndexOf('\r', length)];
            return head + int.Parse(digits, CultureInfo.InvariantCulture);
        }

        throw new BenchFailedException("The page is longer than it should be.");
    }
}
