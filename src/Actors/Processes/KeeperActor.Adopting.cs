using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Handles.Keeping.Depositing;
using Handoff.Transport.Unix;

namespace Handoff.Processes;

// What is asked of it that is about no socket of this process.
internal sealed partial class KeeperActor
{
    private void OnOpen(OpenKeeper open)
    {
        var refusal = Unable ?? Full;
        if (refusal is null && open.Path is { } place && !UnixAddress.TryParse(place, out _, out _))
            refusal = new(ResultCode.EEBADADDR, $"OpenKeeper: '{place}' is no path of a socket");
        if (refusal is null && _kept.Count > 0 && !IsOpen(open.Path))
            refusal = new(ResultCode.EEALREADY, $"OpenKeeper: {_kept.Count} sockets are kept by {_link!.Place}");
        var asker = Sender;
        if (refusal is not null)
        {
            asker.Tell(Refusals.Of(Self, open, refusal), Self);
            return;
        }

        Question(async link =>
        {
            if (!IsOpen(open.Path)) link.Drop();
            if (open.Path is { } path) _keeper!.Path = path;
            _link = open.Path is null ? _store : _keeper;
            var result = await _link!.ConnectAsync().ConfigureAwait(false);
            return () => asker.Tell(result.IsSuccess ? new Confirmed(open) : Refusals.Of(Self, open, result), Self);
        });
    }

    private bool IsOpen(string? path) => path is null ? _link == _store : _link == _keeper && path == _keeper!.Path;

    private void OnAdopt(AdoptKept adopt)
    {
        var refusal = Unable ?? Full ?? ServiceName.Unfit(adopt.Key);
        if (refusal is null && adopt.Target.IsNobody())
            refusal = new(ResultCode.EENOADDR, "AdoptKept names no target");
        refusal ??= Limits.Foreign(Self, adopt.Target);
        var asker = Sender;
        if (refusal is not null)
        {
            asker.Tell(Refusals.Of(Self, adopt, refusal), Self);
            return;
        }

        var id = ++_numbers;
        Question(async link =>
        {
            List<AdoptedSocket> all = [];
            while (true)
            {
                var (result, some) = await link.AdoptAsync(id, adopt.Key).ConfigureAwait(false);
                all.AddRange(some);
                if (result.IsSuccess && some.Count > 0) continue;
                return () => OnAdopted(adopt, asker, all, result);
            }
        });
    }

    private void OnAdopted(AdoptKept adopt, IActorRef asker, List<AdoptedSocket> all, SocketResult result)
    {
        if (!result.IsSuccess && all.Count == 0)
        {
            asker.Tell(Refusals.Of(Self, adopt, result), Self);
            return;
        }

        var arrivals = new KeptArrivals(adopt, asker, result, _landings!, _attachments);
        var places = all.Select(socket => (Socket: socket, Place: arrivals.PlaceOf(socket))).ToArray();
        var offered = places.Where(each => each.Place is not null).ToArray();
        foreach (var (socket, _) in places.Where(each => each.Place is null)) Forget(socket.StoredAs);
        arrivals.Begin(offered.Length, Self);
        foreach (var (socket, place) in offered)
        {
            arrivals.OfferAsync(socket, place!, Context, _settings.Handles.AnswerTimeout).PipeTo(Self);
        }
    }
}
