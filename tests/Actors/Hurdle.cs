using System.Reflection;
using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Actors.Tests;

// Holds an actor up in the middle of a message, until it falls; what is sent meanwhile is in the mailbox for sure.
public class Hurdle : DispatchProxy, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualResetEventSlim _reached = new();
    private readonly ManualResetEventSlim _fallen = new();
    private bool _fails;

    // A socket is asked for its status by a ref that does not return from being told.
    public static Hurdle In(IActorRef socket)
    {
        var asker = DispatchProxy.Create<IActorRef, Hurdle>();
        socket.Tell(GetStatus.Instance, asker);
        var hurdle = (Hurdle)(object)asker;
        Assert.True(hurdle._reached.Wait(Patience));
        return hurdle;
    }

    public void Fall() => _fallen.Set();

    // The actor crashes at it.
    public void Fail()
    {
        _fails = true;
        _fallen.Set();
    }

    // The events are left to the collector: an actor may still wait for them.
    public void Dispose()
    {
        _fallen.Set();
        GC.SuppressFinalize(this);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod?.Name is not nameof(ICanTell.Tell)) return null;
        _reached.Set();
        Assert.True(_fallen.Wait(Patience));
        return _fails ? throw new InvalidOperationException("as told") : null;
    }
}
