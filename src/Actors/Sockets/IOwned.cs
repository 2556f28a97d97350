using Handoff.Messages;
using Handoff.Transport;

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

    // What the owner has open ends: it is dead, or its epoch is over.
    void Tear(bool isOwnerDead);

    // Opens the fence for a new epoch; yields what its owner is told and where it begins. Reading null: as before.
    (object Told, Positions Start) Admit(SocketHandle handle, Reading? reading);

    // Nobody owns the socket any more: it ends, by itself or at once.
    void Flush();

    void Abort(SocketResult why);

    // The end was told to whoever had to know.
    void Over();
}
