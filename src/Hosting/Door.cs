using System.Net;
using Akka.Actor;
using Handoff.Transport;

namespace Handoff.Hosting;

// A declared listener, seen from outside its actor, which is the only one to change it.
internal sealed class Door(ListenerDeclaration declared, IActorRef owner)
{
    private Moment _now =
        new(new(declared.Name, owner, EndPoint: null, new SocketResult(ResultCode.EEBUSY, "not open yet")));

    public ListenerDeclaration Declared => declared;

    public IActorRef Owner => owner;

    public IActorRef Actor { get; set; } = ActorRefs.Nobody;

    public HostedListener State => Volatile.Read(ref _now).State;

    public void Opened(EndPoint endPoint) =>
        Change(State with { EndPoint = endPoint, Result = SocketResult.Success });

    public void Shut(SocketResult why) => Change(State with { EndPoint = null, Result = why });

    // The first state that fits, from now on, however short it lasts.
    public async Task<HostedListener> WhenAsync(Func<HostedListener, bool> fits)
    {
        var moment = Volatile.Read(ref _now);
        while (!fits(moment.State)) moment = await moment.Next.Task.ConfigureAwait(false);
        return moment.State;
    }

    private void Change(HostedListener state)
    {
        var next = new Moment(state);
        Interlocked.Exchange(ref _now, next).Next.SetResult(next);
    }

    private sealed class Moment(HostedListener state)
    {
        public HostedListener State => state;

        public TaskCompletionSource<Moment> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
