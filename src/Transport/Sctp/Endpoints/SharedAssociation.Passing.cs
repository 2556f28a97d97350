using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Endpoints;

// How it leaves for another process, which one that shares the socket of its endpoint cannot.
internal sealed partial class SharedAssociation : IPassable
{
    // Whether it could, once it is peeled off.
    public bool MayLeave => Socket is IPassable;

    public void Pause()
    {
        var wakes = new AssociationWakes(this);
        lock (_gate)
        {
            _isPaused = true;
            wakes.Reader = WakeReader();
            wakes.Writer = WakeWriter(IoResult.Failed(ResultCode.EEINTR));
        }

        (_own as IPassable)?.Pause();
        wakes.Fire();
    }

    // EEBUSY: what came before it was peeled off waits here to be received.
    public SocketOr<SocketDescriptor> Lend()
    {
        if (_own is not IPassable own) return ResultCode.EEMODENOTSUPP;
        lock (_gate)
        {
            return _queue.IsEmpty ? own.Lend() : ResultCode.EEBUSY;
        }
    }

    public void GoOn()
    {
        lock (_gate) _isPaused = false;
        (_own as IPassable)?.GoOn();
    }

    public void Leave()
    {
        lock (_gate) _isClosed = true;
        (_own as IPassable)?.Leave();
    }
}
