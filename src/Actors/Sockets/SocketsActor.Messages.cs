using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

internal sealed partial class SocketsActor
{
    // A socket that came from another process, one of the two, for whoever acquired it; answered by TakenIn. Once:
    // whoever takes it has it to close.
    public sealed record TakeIn(long Id, string Transport, Acquire By, object? Attachment)
    {
        private int _isTaken;

        public INewcomer? Newcomer { get; init; }

        public AcceptSource? Source { get; init; }

        public bool IsDurable { get; init; }

        public Copy Copy { get; init; }

        public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

        // False if somebody has it.
        public bool TryEnd(SocketResult why)
        {
            if (!TryTake()) return false;
            Newcomer?.Abort(why);
            Source?.Dispose();
            return true;
        }
    }

    public sealed record TakenIn(IActorRef Socket);

    public sealed record SpawnAnchor(Props Props);
}
