using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

internal sealed partial class ActorCell
{
    internal void Invoke(Envelope envelope)
    {
        var message = envelope.Message;
        var influencesTimeout = message is not INotInfluenceReceiveTimeout;
        try
        {
            CurrentMessage = message;
            CurrentEnvelopeId++;
            Sender = envelope.Sender ?? SystemImpl.DeadLetters;
            if (influencesTimeout)
                CancelReceiveTimeout();
            if (message is IAutoReceivedMessage automatic)
                AutoReceiveMessage(automatic);
            else
                ReceiveMessage(message);
            CurrentMessage = null;
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }
        finally
        {
            CheckReceiveTimeout(influencesTimeout);
        }
    }

    internal void AutoReceiveMessage(IAutoReceivedMessage message)
    {
        if (SystemImpl.Settings.DebugAutoReceive)
            PublishDebug($"received AutoReceiveMessage {message}");
        switch (message)
        {
            case Terminated terminated:
                ReceivedTerminated(terminated);
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case PoisonPill:
                SendSystemMessage(new Terminate());
                break;
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            case ActorSelectionMessage selection:
                new ActorSelection(_self, selection.Elements).Tell(selection.Message, Sender);
                break;
        }
    }

    private void ReceiveMessage(object message)
    {
        var handled = _actor.AroundReceive(_behavior, message);
        if (SystemImpl.Settings.AddLoggingReceive && _actor is ILogReceive)
            PublishDebug($"received {(handled ? "handled" : "unhandled")} message {message} from {Sender.Path}");
    }

    internal void SystemInvoke(SystemMessage message)
    {
        var state = CalculateState();
        SystemMessage rest = null;
        while (message != null)
        {
            Process(message, state);
            if (Mailbox.IsClosed)
            {
                DropSystemMessages(rest);
                return;
            }

            var next = CalculateState();
            if (next < state)
                rest = Append(rest, TakePutOff());
            state = next;
            message = rest;
            rest = rest?.Next;
            if (message != null)
                message.Next = null;
        }
    }

    private void Process(SystemMessage message, CellState state)
    {
        try
        {
            if (IsPutOff(message, state))
                _putOff = Append(_putOff, message);
            else
                Handle(message);
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }
    }

    private void Handle(SystemMessage message)
    {
        switch (message)
        {
            case ActorTask task:
                ContinueTask(task);
                break;
            case Failed failed:
                HandleFailed(failed);
                break;
            case DeathWatchNotification death:
                WatchedActorTerminated(death.Actor, death.ExistenceConfirmed);
                break;
            case Create:
                CreateActor();
                break;
            case Watch watch:
                AddWatcher(watch.Watcher);
                break;
            case Unwatch unwatch:
                RemoveWatcher(unwatch.Watcher);
                break;
            case Recreate recreate:
                FaultRecreate(recreate.Cause);
                break;
            case Suspend:
                FaultSuspend();
                break;
            case Resume resume:
                FaultResume(resume.CausedByFailure);
                break;
            case Terminate:
                TerminateActor();
                break;
            default:
                throw new NotSupportedException($"Unknown message {message.GetType().Name}");
        }
    }

    private void ContinueTask(ActorTask task)
    {
        CurrentMessage = task.Message;
        if (task.Failure != null)
        {
            // As if the handler had thrown before its first await.
            Mailbox.Resume();
            HandleInvokeFailure(task.Failure);
            return;
        }

        task.Execute();
        CurrentMessage = null;
    }

    // Each state processes all that the next does, and more.
    private enum CellState
    {
        Normal,
        Suspended,
        WaitingForChildren,
    }

    private SystemMessage _putOff;

    private CellState CalculateState() =>
        _children is { IsWaiting: true } ? CellState.WaitingForChildren
        : Mailbox.IsSuspended ? CellState.Suspended
        : CellState.Normal;

    private static bool IsPutOff(SystemMessage message, CellState state) => state switch
    {
        CellState.WaitingForChildren => message.WaitsForChildren,
        CellState.Suspended => message.WaitsForRecovery,
        _ => false,
    };

    private SystemMessage TakePutOff()
    {
        var all = _putOff;
        _putOff = null;
        return all;
    }

    private static SystemMessage Append(SystemMessage list, SystemMessage tail)
    {
        if (list == null)
            return tail;
        var last = list;
        while (last.Next != null)
            last = last.Next;
        last.Next = tail;
        return list;
    }

    private void DropSystemMessages(SystemMessage list)
    {
        for (; list != null; list = list.Next)
            SystemImpl.DeadLetters.Tell(list, _self);
    }
}
