using Akka.Actor;
using Akka.Event;
using Handoff.Hosting;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.AspNetCore.Ports;

// Owns each connection for as long as it takes to look at its first bytes, which are there, and to release it.
internal sealed class OnePortActor : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Lazy<OnePortTargets> _targets;

    public OnePortActor(Func<IActorContext, OnePortTargets> targets)
    {
        var context = Context;
        _targets = new Lazy<OnePortTargets>(() => targets(context));
        Receive<Offered>(offered => offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)));
        Receive<Acquired>(OnAcquired);
        Receive<Refused>(refused => refused.Command is Release, refused => Close(((Release)refused.Command).Handle));
        Receive<ReleaseFailed>(failed =>
        {
            _log.Debug("nobody took a connection of one port: {0}: {1}", failed.Release, failed.Result);
            Close(failed.Release.Handle);
        });
        Receive<Draining>(draining =>
        {
            if (_targets.IsValueCreated) OfAll().ForEach(target => target.Tell(draining));
        });

        // That it was over before it was acquired, or was taken over, or is closed.
        ReceiveAny(_ => { });
    }

    // What it had looked at when it crashed; what it has on offer refuses this, and goes on by itself.
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        foreach (var handle in HandoffExtension.For(Context.System).OwnedBy(Self))
            handle.Socket.Tell(new Reattach(handle, Self));
    }

    private List<IActorRef> OfAll() =>
        [.. ((IActorRef?[])[_targets.Value.Http1, _targets.Value.Http2, _targets.Value.Tls, _targets.Value.Others])
            .OfType<IActorRef>().Distinct()];

    private void OnAcquired(Acquired acquired)
    {
        var speech = Look(acquired.Lease!);
        if (speech is not Speech.Unknown)
        {
            acquired.Handle.Socket.Tell(new Release(acquired.Handle, TargetOf(speech)));
            return;
        }

        _log.Warning("{0} cannot be told: its listener has another filter than OnePort's, or it failed meanwhile",
            acquired.Handle);
        Close(acquired.Handle);
    }

    private IActorRef TargetOf(Speech speech) => speech switch
    {
        Speech.Http1 => _targets.Value.Http1,
        Speech.Http2 => _targets.Value.Http2,
        Speech.Tls => _targets.Value.Tls,
        _ => null,
    } ?? _targets.Value.Others;

    private static void Close(SocketHandle handle) => handle.Socket.Tell(new Close(handle));

    // Nothing is consumed.
    private static Speech Look(SocketLease lease)
    {
        try
        {
            if (!lease.Input.TryRead(out var read)) return Speech.Unknown;
            var speech = FirstBytes.Look(read.Buffer);
            lease.Input.AdvanceTo(read.Buffer.Start);
            return speech is Speech.Unknown && read.IsCompleted && !read.Buffer.IsEmpty ? Speech.Other : speech;
        }
        catch (SocketFailedException)
        {
            return Speech.Unknown;
        }
    }
}
