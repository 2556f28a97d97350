using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Messages;

namespace Handoff.Campaign.Tests.Parties;

// A socket that an owner holds, or has held, in one epoch; a listener needs no more than this.
internal class Holding(Crew crew, IActorRef owner, Acquired acquired)
{
    // What was asked for while the first is not answered.
    private Release? _next;

    public SocketHandle Handle => acquired.Handle;

    public Book Book { get; } = crew.Ledger.BookOf(acquired.Facts);

    public SocketKind Kind => acquired.Facts.Kind;

    public bool IsListener => Kind is SocketKind.Listener;

    // A release, a splice or a change of reading: what is received meanwhile is not looked at.
    public bool IsWaiting => WaitsFor is not null;

    public Release? Releasing => WaitsFor as Release;

    public Splice? Splicing => WaitsFor as Splice;

    public bool MayReleaseAgain => Releasing is not null && _next is null;

    public virtual long Delivered => 0;

    protected object? WaitsFor { get; private set; }

    protected Crew Crew => crew;

    protected IActorRef Owner => owner;

    public void WaitFor(object command)
    {
        WaitsFor = command;
        Hold();
    }

    public void WaitForNext(Release release) => _next = release;

    // Nothing came of it: what was held back is good.
    public void GoOnAfterRefusal(object command)
    {
        if (ReferenceEquals(command, _next)) _next = null;
        if (!ReferenceEquals(command, WaitsFor) || GoesOnWaiting()) return;
        Unhold();
        Replay();
    }

    // The same owner goes on, from the first that is not consumed.
    public void GoOnAfterRevert(Release release)
    {
        var isOfMany = WaitsFor is ReleaseAll all && ReferenceEquals(all.Attachment, release.Attachment);
        if (isOfMany || ReferenceEquals(release, WaitsFor)) GoOnAnew();
    }

    public void GoOnAfterSplice(Splice splice)
    {
        if (!ReferenceEquals(splice, WaitsFor)) return;
        Unspliced(splice);
        GoOnAnew();
    }

    public virtual void GoOn()
    {
    }

    public virtual void Drain()
    {
    }

    // The epoch is over: what the loop does next has to be refused.
    public virtual void Over()
    {
    }

    public virtual void ConsumeOne()
    {
    }

    protected void GoOnAnew()
    {
        BeginAnew();
        if (!GoesOnWaiting()) Unhold();
    }

    protected virtual void BeginAnew()
    {
    }

    protected virtual void Unspliced(Splice splice)
    {
    }

    protected virtual void Hold()
    {
    }

    protected virtual void Unhold()
    {
    }

    protected virtual void Replay()
    {
    }

    private bool GoesOnWaiting()
    {
        (WaitsFor, _next) = (_next, null);
        return IsWaiting;
    }
}
