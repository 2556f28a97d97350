using System.Threading.Channels;
using Akka.Actor;

namespace Handoff.Compat.Tests.Event;

// Keeps what an actor receives, and who sent it, until a test asks for it.
internal sealed class Recorder
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<(object Message, IActorRef Sender)> _received =
        Channel.CreateBounded<(object, IActorRef)>(10_000);

    public Recorder(IActorRefFactory system) => Ref = system.ActorOf(Props.Create(() => new Writer(_received.Writer)));

    public IActorRef Ref { get; }

    public async Task<T> Next<T>() => (T)(await NextWithSender()).Message;

    public async Task<(object Message, IActorRef Sender)> NextWithSender()
    {
        using var limit = new CancellationTokenSource(Patience);
        return await _received.Reader.ReadAsync(limit.Token);
    }

    // Everything that arrived before a marker that is told now.
    public async Task<List<object>> SoFar()
    {
        var marker = new object();
        Ref.Tell(marker, ActorRefs.NoSender);
        var all = new List<object>();
        while (await Next<object>() is var message && !ReferenceEquals(message, marker))
            all.Add(message);
        return all;
    }

    private sealed class Writer(ChannelWriter<(object, IActorRef)> writer) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (!writer.TryWrite((message, Sender)))
                throw new InvalidOperationException("The recorder is full.");
        }
    }
}
