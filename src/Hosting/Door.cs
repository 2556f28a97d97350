using System.Net;
using Akka.Actor;
using Handoff.Transport;

namespace Handoff.Hosting;

// A declared listener, seen from outside its actor, which is the only one to change it.
internal sealed class Door(ListenerDeclaration declared, IActorRef owner)
{
    private HostedListener _state =
        new(declared.Name, owner, EndPoint: null, new SocketResult(ResultCode.EEBUSY, "not open yet"));
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ListenerDeclaration Declared => declared;

    public IActorRef Owner => owner;

    public IActorRef Actor { get; set; } = ActorRefs.Nobody;

    public HostedListener State => Volatile.Read(ref _state);

    public void Opened(EndPoint endPoint) =>
        Change(_state with { EndPoint = endPoint, Result = SocketResult.Success });

    public void Shut(SocketResult why) => Change(_state with { EndPoint = null, Result = why });

    // The first state that fits, from now on.
    public async Task<HostedListener> WhenAsync(Func<HostedListener, bool> fits)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (State is var state && fits(state)) return state;
            await changed.ConfigureAwait(false);
        }
    }

    private void Change(HostedListener state)
    {
        Volatile.Write(ref _state, state);
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
