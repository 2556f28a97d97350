using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

public abstract partial class GraphStageLogic
{
    // A downstream that cancels because it failed fails the other outputs too.
    public void CancelStage(Exception cause) =>
        End(cause, cause is SubscriptionWithCancelException.NonFailureCancellation ? null : cause);

    public void CompleteStage() => End(SubscriptionWithCancelException.StageWasCompleted.Instance, null);

    public void FailStage(Exception reason) => End(reason, reason);

    protected bool IsAvailable<T>(Inlet<T> inlet) => Of(inlet).HasElement;

    protected bool IsAvailable<T>(Outlet<T> outlet) => Of(outlet).CanPush;

    protected bool IsClosed<T>(Inlet<T> inlet) => Of(inlet).IsClosedForConsumer;

    protected bool IsClosed<T>(Outlet<T> outlet) => Of(outlet).IsClosedForProducer;

    protected bool HasBeenPulled<T>(Inlet<T> inlet) => Of(inlet).IsPulled;

    protected void Pull<T>(Inlet<T> inlet) => Of(inlet).Pull();

    protected void TryPull<T>(Inlet<T> inlet)
    {
        if (!IsClosed(inlet))
            Pull(inlet);
    }

    protected T Grab<T>(Inlet<T> inlet) => (T)Of(inlet).Grab();

    protected void Push<T>(Outlet<T> outlet, T element) => Of(outlet).Push(element);

    protected void Complete<T>(Outlet<T> outlet)
    {
        if (OutHandlers[IndexOf(outlet)] is Emission emission)
            emission.ThenComplete();
        else
            Of(outlet).Complete();
    }

    protected void Fail<T>(Outlet<T> outlet, Exception reason) => Of(outlet).Fail(reason);

    protected void Cancel<T>(Inlet<T> inlet) =>
        Cancel(inlet, SubscriptionWithCancelException.NoMoreElementsNeeded.Instance);

    protected void Cancel<T>(Inlet<T> inlet, Exception cause) => Of(inlet).Cancel(cause);

    private void End(Exception cancellation, Exception failure)
    {
        foreach (var connection in InConnections)
            connection.Cancel(cancellation);
        for (var i = 0; i < OutCount; i++)
        {
            if (failure != null)
                OutConnections[i].Fail(failure);
            else if (OutHandlers[i] is Emission emission)
                emission.ThenComplete();
            else
                OutConnections[i].Complete();
        }

        SetKeepGoing(false);
    }

    private Connection Of(Inlet inlet) => InConnections[IndexOf(inlet)]
        ?? throw new Pattern.IllegalStateException("Ports are at hand from PreStart on");

    private Connection Of(Outlet outlet) => OutConnections[IndexOf(outlet)]
        ?? throw new Pattern.IllegalStateException("Ports are at hand from PreStart on");

    private int IndexOf(Inlet inlet) => (uint)inlet.Id < (uint)InCount
        ? inlet.Id
        : throw new ArgumentException($"Inlet {inlet} is not one of this stage", nameof(inlet));

    private int IndexOf(Outlet outlet) => (uint)outlet.Id < (uint)OutCount
        ? outlet.Id
        : throw new ArgumentException($"Outlet {outlet} is not one of this stage", nameof(outlet));
}
