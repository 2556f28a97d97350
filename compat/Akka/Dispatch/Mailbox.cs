using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

// One word holds whether the mailbox is closed, whether it is scheduled to run, and how often it was suspended.
internal sealed class Mailbox : IRunnable
{
    private const int Open = 0;
    private const int Closed = 1;
    private const int Scheduled = 2;
    private const int SuspendUnit = 4;

    private readonly ActorCell _cell;
    private readonly MessageDispatcher _dispatcher;

    private int _status;
    private SystemMessage _systemMessages;

    // What was unstashed comes before what is in the queue; only the actor itself touches it.
    private Stack<Envelope> _front;

    internal Mailbox(ActorCell cell, MessageDispatcher dispatcher, IMessageQueue queue)
    {
        _cell = cell;
        _dispatcher = dispatcher;
        Queue = queue;
    }

    internal IMessageQueue Queue { get; }

    internal bool IsClosed => (Volatile.Read(ref _status) & Closed) != 0;

    internal bool IsSuspended => Volatile.Read(ref _status) >= SuspendUnit;

    internal int SuspendCount => Volatile.Read(ref _status) / SuspendUnit;

    internal bool HasMessages => _front is { Count: > 0 } || Queue.HasMessages;

    internal int NumberOfMessages => (_front?.Count ?? 0) + Queue.Count;

    private bool HasSystemMessages => Volatile.Read(ref _systemMessages) is not (null or NoMessage);

    internal void Enqueue(Envelope envelope)
    {
        Queue.Enqueue(_cell.Self, envelope);
        var status = Volatile.Read(ref _status);
        if (status == Open)
        {
            if (Interlocked.CompareExchange(ref _status, Scheduled, Open) == Open)
                _dispatcher.Execute(this);
            else
                status = Volatile.Read(ref _status);
        }

        // Whoever schedules, resumes or closes it from here on finds the message; who closed it before may not have.
        if ((status & Closed) != 0)
            DrainToDeadLetters();
    }

    internal void EnqueueFirst(Envelope envelope) => (_front ??= new Stack<Envelope>()).Push(envelope);

    internal void EnqueueSystem(SystemMessage message)
    {
        while (true)
        {
            var head = Volatile.Read(ref _systemMessages);
            if (head is NoMessage)
            {
                SystemToDeadLetters(message);
                return;
            }

            message.Next = head;
            if (Interlocked.CompareExchange(ref _systemMessages, message, head) == head)
                break;
        }

        ScheduleFor(hasSystemMessages: true);
    }

    internal void Suspend() => AddSuspension(SuspendUnit);

    internal void Resume()
    {
        if (AddSuspension(-SuspendUnit) < SuspendUnit)
            ScheduleFor(hasSystemMessages: false);
    }

    // Whatever comes from here on, or is still inside, is a dead letter.
    internal void Close()
    {
        Interlocked.Or(ref _status, Closed);
        for (var message = Drain(NoMessage.Closed); message != null;)
        {
            var next = message.Next;
            message.Next = null;
            SystemToDeadLetters(message);
            message = next;
        }

        while (_front is { Count: > 0 })
            DeadLetters.Enqueue(_cell.Self, _front.Pop());
        DrainToDeadLetters();
    }

    public void Execute() => Run();

    public void Run()
    {
        if (IsClosed)
            return;
        var outer = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = _cell;
        try
        {
            ProcessSystemMessages();
            ProcessMessages();
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = outer;
            var status = Interlocked.And(ref _status, ~Scheduled) & ~Scheduled;
            if (status == Open ? HasSystemMessages || HasMessages : (status & Closed) == 0 && HasSystemMessages)
                TrySchedule();
        }
    }

    private void ProcessMessages()
    {
        var left = Math.Max(1, _dispatcher.Throughput);
        var limit = _dispatcher.ThroughputDeadlineTime;
        var started = limit.HasValue ? TimeProvider.System.GetTimestamp() : 0;
        while ((Volatile.Read(ref _status) & ~Scheduled) == Open && TryDequeue(out var envelope))
        {
            _cell.Invoke(envelope);
            if (Volatile.Read(ref _systemMessages) != null)
                ProcessSystemMessages();
            if (--left <= 0 || (limit.HasValue && TimeProvider.System.GetElapsedTime(started).Ticks >= limit))
                return;
        }
    }

    private void ProcessSystemMessages()
    {
        while (!IsClosed)
        {
            var message = Drain(null);
            if (message == null)
                return;
            while (message != null)
            {
                var next = message.Next;
                message.Next = null;
                if (IsClosed)
                    SystemToDeadLetters(message);
                else
                    _cell.SystemInvoke(message);
                message = next;
            }
        }
    }

    private bool TryDequeue(out Envelope envelope) =>
        _front is { Count: > 0 } ? _front.TryPop(out envelope) : Queue.TryDequeue(out envelope);

    // Takes all, in the order in which they came.
    private SystemMessage Drain(SystemMessage rest)
    {
        if (Volatile.Read(ref _systemMessages) is var seen && (seen is NoMessage || (seen == null && rest == null)))
            return null;
        var latest = Interlocked.Exchange(ref _systemMessages, rest);
        SystemMessage earliest = null;
        while (latest != null)
        {
            var next = latest.Next;
            latest.Next = earliest;
            earliest = latest;
            latest = next;
        }

        return earliest;
    }

    private void ScheduleFor(bool hasSystemMessages)
    {
        var status = Volatile.Read(ref _status);
        if ((status & Closed) != 0)
            return;
        if (hasSystemMessages || HasSystemMessages || (status < SuspendUnit && HasMessages))
            TrySchedule();
    }

    private void TrySchedule()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if ((status & (Closed | Scheduled)) != 0)
                return;
            if (Interlocked.CompareExchange(ref _status, status | Scheduled, status) == status)
            {
                _dispatcher.Execute(this);
                return;
            }
        }
    }

    private int AddSuspension(int change)
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            var next = Math.Max(status + change, status & (SuspendUnit - 1));
            if (Interlocked.CompareExchange(ref _status, next, status) == status)
                return next;
        }
    }

    private void DrainToDeadLetters() => Queue.CleanUp(_cell.Self, DeadLetters);

    private IMessageQueue DeadLetters => _cell.SystemImpl.DeadLetterQueue;

    private void SystemToDeadLetters(SystemMessage message) =>
        _cell.SystemImpl.DeadLetters.Tell(new Event.DeadLetter(message, _cell.Self, _cell.Self), _cell.Self);
}
