using System.Net;
using Akka.Actor;
using Handoff.Transport;

namespace Handoff.Hosting;

/// <summary>How a declared listener is now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Who is offered its connections.</param>
/// <param name="EndPoint">Where it listens, with the port that was taken; null where it does not.</param>
/// <param name="Result"><c>EESUCCESS</c> while it listens, else why it does not.</param>
public sealed record HostedListener(string Name, IActorRef Owner, EndPoint? EndPoint, SocketResult Result);
