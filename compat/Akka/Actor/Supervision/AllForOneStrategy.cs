using Akka.Actor.Internal;

namespace Akka.Actor;

public class AllForOneStrategy : SupervisorStrategy
{
    private const int NoLimit = -1;

    public AllForOneStrategy(
        int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, new LocalOnlyDecider(localOnlyDecider))
    {
    }

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(
            maxNrOfRetries ?? NoLimit,
            (int)(withinTimeRange ?? Timeout.InfiniteTimeSpan).TotalMilliseconds,
            decider)
    {
    }

    public AllForOneStrategy(
        int maxNrOfRetries,
        int withinTimeMilliseconds,
        Func<Exception, Directive> localOnlyDecider,
        bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled)
    {
    }

    public AllForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        MaxNumberOfRetries = maxNrOfRetries;
        WithinTimeRangeMilliseconds = withinTimeMilliseconds;
        Decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(NoLimit, NoLimit, localOnlyDecider)
    {
    }

    public AllForOneStrategy(IDecider decider)
        : this(NoLimit, NoLimit, decider)
    {
    }

    public int MaxNumberOfRetries { get; }

    public int WithinTimeRangeMilliseconds { get; }

    public override IDecider Decider { get; }

    protected override Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);

    internal override void ProcessFailure(
        ActorCell cell,
        bool restart,
        IInternalActorRef child,
        Exception cause,
        ChildRestartStats stats,
        ChildRestartStats[] children)
    {
        if (restart && MayRestart(children))
        {
            foreach (var other in children)
            {
                if (!other.Child.Equals(child))
                    other.Child.Suspend();
                other.Child.Restart(cause);
            }
        }
        else
        {
            foreach (var other in children)
                cell.Stop(other.Child);
        }
    }

    private bool MayRestart(ChildRestartStats[] children) =>
        Array.TrueForAll(
            children,
            stats => stats.RequestRestartPermission(MaxNumberOfRetries, WithinTimeRangeMilliseconds));
}
