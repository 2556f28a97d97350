using System.Runtime.ExceptionServices;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

internal sealed partial class ActorCell
{
    // Whose failure this actor waits to be told what to do about: its own, or that of a child, escalated.
    private IActorRef _perpetrator;
    private Exception _recreationCause;

    private bool IsFailed => _perpetrator != null;

    private void CreateActor()
    {
        try
        {
            _actor = NewActor();
            _actor.AroundPreStart();
            CheckReceiveTimeout();
            if (SystemImpl.Settings.DebugLifecycle)
                PublishDebug($"Started ({_actor})");
        }
        catch (Exception cause)
        {
            if (_actor != null)
            {
                ClearActor(_actor);
                _actor = null;
            }

            throw new ActorInitializationException(_self, "Exception during creation", cause);
        }
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor == null)
        {
            PublishError(null, $"Changing Recreate into Create after {cause}");
            FaultCreate();
        }
        else if (_children is { IsNormal: false })
        {
            // It is stopping, or is being recreated already.
            FaultResume(null);
        }
        else
        {
            var failed = _actor;
            if (SystemImpl.Settings.DebugLifecycle)
                PublishDebug("Restarting");
            PrepareRestart(failed, cause);
            _recreationCause = cause;
            if (!WaitsForChildren(SuspendReason.Recreation))
                FinishRecreate(cause, failed);
        }
    }

    private void PrepareRestart(ActorBase failed, Exception cause)
    {
        var message = CurrentMessage;
        try
        {
            failed.AroundPreRestart(cause, message);
            ReturnStash(failed);
        }
        catch (Exception preRestart)
        {
            var wrapped = new PreRestartException(_self, preRestart, cause, message);
            SystemImpl.EventStream.Publish(
                new Error(wrapped, _self.Path.ToString(), failed.GetType(), preRestart.Message));
        }
        finally
        {
            ClearActor(failed);
        }
    }

    private void FinishRecreate(Exception cause, ActorBase failed)
    {
        var survivors = ChildStats();
        try
        {
            try
            {
                Mailbox.Resume();
            }
            finally
            {
                _perpetrator = null;
            }

            var fresh = NewActor();
            _actor = fresh;
            if (ReferenceEquals(fresh, failed))
                fresh.Unclear();
            fresh.AroundPostRestart(cause, null);
            if (SystemImpl.Settings.DebugLifecycle)
                PublishDebug($"Restarted ({fresh})");
            foreach (var survivor in survivors)
                survivor.Child.Restart(cause);
        }
        catch (Exception postRestart)
        {
            // Cleared, so that PreRestart is not called for it again.
            ClearActor(_actor);
            HandleInvokeFailure(new PostRestartException(_self, postRestart, cause));
        }
    }

    private void FaultSuspend()
    {
        Mailbox.Suspend();
        SuspendChildren(except: null);
    }

    private void FaultResume(Exception causedByFailure)
    {
        if (_actor == null)
        {
            PublishError(null, $"Changing Resume into Create after {causedByFailure}");
            FaultCreate();
            return;
        }

        var perpetrator = _perpetrator;
        Mailbox.Resume();
        if (causedByFailure != null)
            _perpetrator = null;
        ResumeChildren(causedByFailure, perpetrator);
    }

    private void FaultCreate()
    {
        SetReceiveTimeout(null);
        CancelReceiveTimeout();
        StopChildren();
        if (!WaitsForChildren(SuspendReason.Creation))
            FinishCreate();
    }

    private void FinishCreate()
    {
        Mailbox.Resume();
        _perpetrator = null;
        try
        {
            CreateActor();
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }
    }

    private void HandleInvokeFailure(Exception cause)
    {
        if (IsFailed)
            return;
        try
        {
            Mailbox.Suspend();
            _perpetrator = CurrentMessage is Failed ? Sender : _self;
            SuspendChildren(except: CurrentMessage is Failed ? Sender : null);
            Parent.SendSystemMessage(new Failed(_self, cause));
        }
        catch (Exception emergency)
        {
            PublishError(emergency, $"Emergency stop: exception in failure handling for {cause}");
            try
            {
                StopChildren();
            }
            finally
            {
                FinishTerminate();
            }
        }
    }

    private void HandleFailed(Failed failed)
    {
        CurrentMessage = failed;
        Sender = failed.Child;

        // A failure of an earlier incarnation of the child is nobody's business any more.
        var stats = _children?.Find(failed.Child);
        if (stats == null)
        {
            PublishDebug($"Dropping Failed({failed.Cause}) from unknown child {failed.Child}");
            return;
        }

        if (!_actor.StrategyInUse.HandleFailure(this, failed.Child, failed.Cause, stats, ChildStats()))
            ExceptionDispatchInfo.Throw(failed.Cause);
    }

    private void TerminateActor()
    {
        SetReceiveTimeout(null);
        CancelReceiveTimeout();
        UnwatchWatchedActors();
        var alreadyTerminating = IsTerminating;
        _children?.Close();
        StopChildren();
        if (!WaitsForChildren(SuspendReason.Termination))
        {
            FinishTerminate();
        }
        else if (!alreadyTerminating)
        {
            Mailbox.Suspend();
            _perpetrator = _self;
            if (SystemImpl.Settings.DebugLifecycle)
                PublishDebug("Stopping");
        }
    }

    private void FinishTerminate()
    {
        var actor = _actor;
        try
        {
            if (actor != null)
            {
                actor.AroundPostStop();
                ReturnStash(actor);
            }
        }
        catch (Exception cause)
        {
            PublishError(cause, cause.Message);
        }

        try
        {
            Mailbox.Close();
            Dispatcher.Detach();
        }
        finally
        {
            Parent.SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true));
            TellWatchersWeDied();
            UnwatchWatchedActors();
            if (SystemImpl.Settings.DebugLifecycle)
                PublishDebug("Stopped");
            ClearActor(actor);
            _putOff = null;
            _actor = null;
        }
    }

    private static void ReturnStash(ActorBase actor)
    {
        if (actor is IActorStash { Stash: not null } stashing)
            stashing.Stash.UnstashAll();
    }
}
