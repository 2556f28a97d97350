using System.Net;

namespace Handoff.Bench.Echo;

// Requests of one size, each sent when the reply to the one before it is there.
internal sealed class Requests(int connections, int size) : ILoad
{
    private readonly List<RequestLoop> _loops = [];
    private readonly StopSign _stop = new();

    public long Done => _loops.Sum(loop => loop.Done);

    public void Start(IPEndPoint server)
    {
        for (var i = 0; i < connections; i++) 
            _loops.Add(new RequestLoop(ClientSocket.Connect(server), Exchange.Echo(size), _stop));
        foreach (var loop in _loops) loop.Start();
    }

    public Task StopAsync()
    {
        _stop.Set();
        return Task.WhenAll(_loops.Select(loop => loop.Ended));
    }
}
