using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Sockets;

// What custody does to the socket itself, whatever kind it is.
internal interface IOwned
{
    SocketFacts Facts();

    (long Received, long Sent) Traffic();

    // How far the owner has come.
    Positions Positions();

    // How the owner reads: a lender reads so again.
    Reading Reading => Reading.Lease;

    // Stops delivery for an offer. A failure has no effect.
    SocketResult Pause(ReadOnlyMemory<byte> pushBack);

    void Resume();

    // The owner is dead, or is one no longer: what it has open ends.
    void Tear(bool isOwnerDead);

    // Opens the fence for a new epoch; yields what its owner is told and where it begins. Reading null: as before.
    (object Told, Positions Start) Admit(SocketHandle handle, Reading? reading);

    // A copy of its descriptor for somebody who keeps it, while it goes on here: the caller's to close.
    SocketOr<SocketDescriptor> Share() => ResultCode.EEMODENOTSUPP;

    // Stops it for another process, while it is on offer. A failure has no effect.
    ValueTask<(Cargo? Cargo, SocketResult Result)> DetachAsync(CancellationToken cancellationToken);

    // It is another process's; before is who owned it until then.
    void Left(IActorRef? before);

    // Nobody owns the socket any more: it ends, by itself or at once.
    void Flush();

    void Abort(SocketResult why);

    // The end was told to whoever had to know.
    void Over();
}
