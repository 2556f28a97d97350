using Akka.Actor;

namespace Handoff.Messages;

/// <summary>
/// Told to <c>HandoffExtension.Processes</c>: what other processes release to this service is offered to an actor
/// here, which answers as it would to anybody (<see cref="Offered"/>). Answered by <see cref="ServiceOpened"/>, or by
/// <see cref="Refused"/>: <c>EEMODENOTSUPP</c> (not Linux, or another engine), <c>EENAMEINUSE</c>,
/// <c>EENAMETOOLONG</c>, <c>EEBADDATA</c>, <c>EEQUOTA</c> (<c>handoff.processes.max-services</c>), or why this process
/// cannot be reached: <c>EEBIND</c>, <c>EESECURITY</c> (the directory is another's), <c>EEADDRINUSE</c>. Only
/// processes of the same user are heard.
/// </summary>
/// <param name="Service">1 to 64 bytes of printable ASCII without blanks.</param>
/// <param name="Target">Who is offered it. When it stops, the service is gone.</param>
public sealed record OpenService(string Service, IActorRef Target);
