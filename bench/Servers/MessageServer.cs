using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Bench.Servers;

// Actors that read and write by messages, one for each processor; who they are is settled by the socket's number.
internal sealed class MessageServer : UntypedActor
{
    private const int Outstanding = 16;

    private readonly IActorRef[] _owners;

    public MessageServer(OpenConnections open)
    {
        var props = Props.Create(() => new Owner(open));
        _owners = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Context.ActorOf(props))];
    }

    public static Task<IServer> StartAsync(BenchSystem config) =>
        OwnServer.StartAsync(config, open => Props.Create(() => new MessageServer(open)));

    protected override void OnReceive(object message)
    {
        if (message is Offered offered) _owners[offered.Offer.Id % _owners.Length].Forward(message);
    }

    private sealed class Owner(OpenConnections open) : UntypedActor
    {
        private readonly Dictionary<long, Link> _links = [];

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Received received:
                    _links[received.Handle.Id].Echo(received);
                    break;
                case Written written:
                    if (_links.TryGetValue(written.Write.Handle.Id, out var link)) link.GoOn();
                    break;
                case Offered offered:
                    offered.Offer.Socket.Tell(
                        new Acquire(offered.Offer, Self) { Reading = Reading.Active(Outstanding) }, Self);
                    break;
                case Acquired acquired:
                    open.Opened();
                    _links.Add(acquired.Handle.Id, new Link(acquired.Handle, Self));
                    break;
                case PeerFinished finished:
                    _links[finished.Handle.Id].Finish();
                    break;
                case Closed closed:
                    open.Closed();
                    _links.Remove(closed.Handle.Id);
                    break;

                // The connection was over before it was told.
                case Refused:
                    break;
                default:
                    throw new BenchFailedException($"The owner was told {message}");
            }
        }
    }

    // What one connection has still to send back: a write waits for the one before it, and what is consumed has been
    // written.
    private sealed class Link(SocketHandle handle, IActorRef owner)
    {
        private readonly Queue<Received> _unsent = new(Outstanding);
        private bool _isFinished;

        public void Echo(Received received)
        {
            _unsent.Enqueue(received);
            if (_unsent.Count == 1) Write();
        }

        public void GoOn()
        {
            handle.Socket.Tell(new Consumed(handle, _unsent.Dequeue().End), owner);
            if (_unsent.Count > 0) Write();
            else if (_isFinished) Close();
        }

        public void Finish()
        {
            _isFinished = true;
            if (_unsent.Count == 0) Close();
        }

        private void Write() => handle.Socket.Tell(new Write(handle, _unsent.Peek().Bytes), owner);

        private void Close() => handle.Socket.Tell(new Close(handle), owner);
    }
}
