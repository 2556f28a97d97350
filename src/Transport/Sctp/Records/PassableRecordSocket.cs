using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Records;

// One whose descriptor another process may be given.
internal sealed class PassableRecordSocket(ISctpSocket socket, IPassable passable)
    : SctpRecordSocket(socket), IPassable
{
    public void Pause() => passable.Pause();

    // Of a record that has come in part the rest would be another's.
    public SocketOr<SocketDescriptor> Lend() => IsInPart ? ResultCode.EEBUSY : passable.Lend();

    public void GoOn() => passable.GoOn();

    public void Leave() => passable.Leave();
}
