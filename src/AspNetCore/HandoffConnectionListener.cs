using System.Buffers;
using System.Net;
using System.Threading.Channels;
using Akka.Actor;
using Handoff.Messages;
using Microsoft.AspNetCore.Connections;

namespace Handoff.AspNetCore;

// Where Kestrel takes the connections that the owner has acquired for it.
internal sealed class HandoffConnectionListener(
    HandoffEndPoint endPoint, IActorRef owner, MemoryPool<byte> memory, KestrelSettings settings)
    : IConnectionListener
{
    private readonly Channel<HandoffConnection> _waiting =
        Channel.CreateBounded<HandoffConnection>(settings.MaxWaiting);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Where its connections are accepted, if it has a place of its own.
    public ListeningSocket? Door { get; set; }

    public EndPoint EndPoint => Door?.EndPoint ?? endPoint;

    public int Waiting => _waiting.Reader.Count;

    // The owner has left room for it.
    public HandoffConnection Add(Acquired acquired)
    {
        var connection = new HandoffConnection(acquired, owner, memory, settings.EndAborts);
        return _waiting.Writer.TryWrite(connection)
            ? connection
            : throw new InvalidOperationException($"{endPoint}: more connections than there is room for.");
    }

    // By the owner, which gives none any more.
    public void End()
    {
        _waiting.Writer.TryComplete();
        _ended.TrySetResult();
    }

    // One call at a time.
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _waiting.Reader.WaitToReadAsync(cancellationToken) && _waiting.Reader.TryRead(out var next)
            ? next
            : null;

    // What waits by then is accepted still. The token is that of a stop which is in a hurry, and this is no wait.
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        if (Door is { } door) await door.DisposeAsync();
        owner.Tell(new KestrelOwner.Unbind(this), ActorRefs.NoSender);
        await _ended.Task.WaitAsync(settings.BindTimeout, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        while (_waiting.Reader.TryRead(out var left))
        {
            left.Abort(new ConnectionAbortedException("Kestrel has stopped."));
            await left.DisposeAsync();
        }
    }
}
