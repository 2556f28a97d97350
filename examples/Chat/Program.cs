using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Chat;
using Handoff;
using Handoff.Messages;
using Handoff.Streams;
using Handoff.Streams.Framing;
using Keep = Akka.Streams.Dsl.Keep;

// A chat on 127.0.0.1:4001, or on the port that is said: `nc 127.0.0.1 4001`, in two windows. `/away` hands the
// connection to an actor, which hands it back at the next line: that one is said in the chat again.
using var system = ActorSystem.Create("chat");
using var materializer = ActorMaterializer.Create(system);
var (handoff, machine) = (HandoffExtension.For(system), system.ActorOf(Props.Create(() => new Machine())));
var members = new ConcurrentDictionary<long, ISourceQueueWithComplete<string>>();
var framing = SocketFraming.Delimiter("\n"u8, maxFrame: 1024);
var lines = new SocketFlowOptions { Framing = framing, LeaveAfter = line => line.Span.SequenceEqual("/away"u8) };

// Those who come, and those who come back.
IActorRef lobby = ActorRefs.Nobody;
var chat = Flow.Create<IncomingSocket>()
    .SelectAsyncUnordered(1000, ChatAsync)
    .SelectMany(left => left)
    .To(ReleaseSink.By(socket => new Release(socket.Handle, machine) { Attachment = lobby }));
lobby = await OfferSource.Open(handoff).To(chat).Run(materializer);
var place = IPEndPoint.Parse($"127.0.0.1:{(args is [var port] ? port : "4001")}");
var binding = await SocketSource.Listen(handoff, place).To(chat).Run(materializer);
Console.WriteLine($"chat at {binding.EndPoint}");
await binding.Closed;

// Until it ends; the connection, if the stream has left it. A member who does not read misses the oldest lines.
async Task<OwnedSocket[]> ChatAsync(IncomingSocket member)
{
    var ((heard, detach), said) = Source.Queue<string>(64, OverflowStrategy.DropHead)
        .Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line + "\n"))
        .ViaMaterialized(member.Flow(lines), Keep.Both)
        .ToMaterialized(Sink.ForEach<ReadOnlyMemory<byte>>(line => Say(Encoding.UTF8.GetString(line.Span))), Keep.Both)
        .Run(materializer);
    members[member.Facts.Id] = heard;
    Say($"is here, of {members.Count}");
    await ((Task)said).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    members.TryRemove(member.Facts.Id, out _);
    heard.Complete();
    Say("is away");
    return await detach.Left is { } left ? [left] : [];

    void Say(string line) => members.Values.ToList().ForEach(each => each.OfferAsync($"{member.Facts.Id}: {line}"));
}
