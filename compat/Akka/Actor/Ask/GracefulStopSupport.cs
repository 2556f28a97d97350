using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) =>
        GracefulStop(target, timeout, PoisonPill.Instance);

    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var actor = (IInternalActorRef)target;
        var end = new StopAwaiter((Internal.LocalActorRefProvider)actor.Provider);
        actor.SendSystemMessage(new Watch(actor, end));
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            await end.Stopped.WaitAsync(timeout).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            actor.SendSystemMessage(new Unwatch(actor, end));
        }
    }

    private sealed class StopAwaiter(Internal.LocalActorRefProvider provider) : MinimalActorRef
    {
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ActorPath Path { get; } = provider.NextTempPath();

        internal Task Stopped => _stopped.Task;

        public override IActorRefProvider Provider => provider;

        internal override void SendSystem(SystemMessage message)
        {
            if (message is DeathWatchNotification)
                _stopped.TrySetResult();
        }
    }
}
