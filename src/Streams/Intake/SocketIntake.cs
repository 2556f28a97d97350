using System.Threading.Channels;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Streams.Intake;

// Takes sockets over for a stream, one when it is asked. What it has taken and the stream did not get is aborted.
internal sealed class SocketIntake(HandoffExtension handoff)
{
    private readonly Lock _gate = new();
    private SocketTarget? _target;
    private ListeningSocket? _listener;
    private IncomingSocket? _taken;
    private SocketResult? _end;
    private volatile bool _isStopped;

    // Called once the listener is closed, from any thread; what waits may still be taken.
    public Action Ended { get; set; } = static () => { };

    public bool IsEmpty => _target!.Offers.IsEmpty;

    public async Task<SocketTarget> OpenAsync(int maxOffers)
    {
        var target = new SocketTarget(await handoff.Anchors.OpenAsync(maxOffers).ConfigureAwait(false));
        lock (_gate)
        {
            _target = target;
            if (!_isStopped) return target;
        }

        target.Retire();
        throw new OperationCanceledException("The stream has ended.");
    }

    public void Follow(ListeningSocket? listener)
    {
        if (listener is null) return;
        lock (_gate)
        {
            _listener = listener;
            if (!_isStopped)
            {
                listener.Closed.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => OnClosed(listener));
                return;
            }
        }

        listener.End();
    }

    // The next one; null after the last. Failed if the listener did.
    public async Task<IncomingSocket?> NextAsync()
    {
        while (true)
        {
            try
            {
                var offered = await _target!.NextAsync(CancellationToken.None).ConfigureAwait(false);
                if (Objection(offered) is { } objection)
                {
                    offered.Decline(objection);
                    continue;
                }

                return new IncomingSocket(await offered.AcquireAsync().ConfigureAwait(false), offered.Offered);
            }
            catch (SocketFailedException)
            {
                // The offer is over: whoever made it was told why.
            }
            catch (ChannelClosedException)
            {
                return _end is { IsSuccess: false } end ? throw new SocketFailedException(end) : null;
            }
        }
    }

    // On its way to the stream: once it is put here, whoever takes it has it.
    public bool TryPut(IncomingSocket socket)
    {
        lock (_gate)
        {
            if (!_isStopped)
            {
                _taken = socket;
                return true;
            }
        }

        socket.End();
        return false;
    }

    public IncomingSocket? Take()
    {
        lock (_gate)
        {
            var taken = _taken;
            _taken = null;
            return taken;
        }
    }

    public void Stop()
    {
        ListeningSocket? listener;
        lock (_gate) (_isStopped, listener) = (true, _listener);
        Take()?.End();
        listener?.End();
        _target?.Offers.Close();
        _target?.Retire();
    }

    private string? Objection(OfferedSocket offered)
    {
        if (_isStopped) return "the stream has ended";
        return offered.Offered.Facts.Kind is SocketKind.Connection ? null : "the stream takes connections";
    }

    private void OnClosed(ListeningSocket listener)
    {
        _end = listener.Closed.Result;
        listener.End();
        _target!.Offers.Close();
        Ended();
    }
}
