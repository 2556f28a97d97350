using Akka.Actor;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

// How far a ReleaseAll is; a restart must not forget it.
internal sealed class BulkRun(ReleaseAll command, IActorRef asker, HandoffSettings settings)
{
    private readonly HashSet<Release> _underWay = [];
    private readonly List<FailedRelease> _failed = [];
    private int _begun;
    private int _released;
    private bool _told;

    public bool IsOver => Left == 0;

    private int Left => command.Handles.Count - _begun + _underWay.Count;

    // Null where none may begin now.
    public Release? Next()
    {
        if (_begun == command.Handles.Count || _underWay.Count >= settings.MaxBulkInFlight) return null;
        var release = new Release(command.Handles[_begun++], command.Mode, command.Targets)
        {
            Within = command.Within, Heir = command.Heir, Attachment = command.Attachment,
            MadeIn = command.MadeIn,
        };
        _underWay.Add(release);
        return release;
    }

    // The release, unless it was over before.
    public Release? Succeed(Release release)
    {
        if (!_underWay.Remove(release)) return null;
        _released++;
        return release;
    }

    public Release? Fail(Release release, OfferOutcome outcome, SocketResult result)
    {
        if (!_underWay.Remove(release)) return null;
        _failed.Add(new FailedRelease(release.Handle, outcome, result));
        return release;
    }

    public IReadOnlyList<Release> UnderWayOn(IActorRef socket) =>
        [.. _underWay.Where(release => release.Handle.Socket.Equals(socket))];

    public void TellProgress()
    {
        var done = _released + _failed.Count;
        if (Left == 0 || done % settings.BulkProgressEvery != 0) return;
        asker.Tell(new ReleaseProgress(command, _released, _failed.Count, Left));
    }

    public void TellEnd()
    {
        if (_told) return;
        _told = true;
        asker.Tell(new AllReleased(command, _released, _failed));
    }

    public void Abandon(SocketResult why)
    {
        foreach (var release in _underWay) _failed.Add(new(release.Handle, OfferOutcome.None, why));
        _underWay.Clear();
        while (_begun < command.Handles.Count) _failed.Add(new(command.Handles[_begun++], OfferOutcome.None, why));
        TellEnd();
    }
}
