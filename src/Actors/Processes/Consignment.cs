using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;
using SocketFacts = Handoff.Transport.Handles.Frames.SocketFacts;

namespace Handoff.Processes;

// Sockets on their way to another process, all or none. The driver says whether they went; their actors are told once
// it is known why.
[SuppressMessage("Design", "CA1001", Justification =
    "Somebody may want a socket back after the move is over; without a timer the source holds nothing.")]
internal sealed class Consignment : IConsignment
{
    private readonly IReadOnlyList<Parcel> _parcels;
    private readonly CancellationTokenSource _revoking = new();
    private readonly Departure?[] _departures;
    private readonly Cargo?[] _cargoes;
    private bool _isGone;
    private bool _isBound;

    public Consignment(string label, IReadOnlyList<Parcel> parcels)
    {
        _parcels = parcels;
        _departures = new Departure?[parcels.Count];
        _cargoes = new Cargo?[parcels.Count];
        Label = label;
        Facts = [.. parcels.Select(parcel => WireFacts.Of(parcel.Facts, parcel.Attachment))];
        if (parcels.Any(parcel => parcel.Trace is not null)) Traces = [.. parcels.Select(parcel => parcel.Trace)];
        Needs = Facts.Aggregate(
            parcels.Count > 1 ? HandleCapabilities.Batches : HandleCapabilities.None,
            (needs, facts) => needs | WireFacts.NeedsOf(facts));
    }

    public HandleCapabilities Needs { get; }

    public string Label { get; }

    public IReadOnlyList<SocketFacts> Facts { get; }

    public IReadOnlyList<ActivityContext?> Traces { get; private set; } = [];

    // Trips when somebody wants one of them back.
    public CancellationToken Revoked => _revoking.Token;

    public bool HasStopped { get; private set; }

    // Whoever asks is in the middle of something of its own.
    public void Revoke() =>
        ThreadPool.UnsafeQueueUserWorkItem(static revoking => revoking.Cancel(), _revoking, preferLocal: false);

    // True where it may be offered once more without: nothing has happened yet.
    public bool TryForgetTraces()
    {
        if (HasStopped || Traces.Count == 0) return false;
        Traces = [];
        return true;
    }

    public async ValueTask<Quiesced> QuiesceAsync(CancellationToken cancellationToken)
    {
        HasStopped = true;
        var stopping = new Task<(Cargo? Cargo, SocketResult Result)>[_parcels.Count];
        for (var i = 0; i < stopping.Length; i++)
        {
            var (socket, command) = (_parcels[i].Socket, _parcels[i].Command);
            var departure = new Departure(socket, command, cancellationToken) { Recall = Revoke };
            _departures[i] = departure;
            stopping[i] = departure.BeginAsync();
        }

        var ends = await Task.WhenAll(stopping).ConfigureAwait(false);
        for (var i = 0; i < ends.Length; i++) _cargoes[i] = ends[i].Cargo;
        return ends.FirstOrDefault(end => end.Cargo is null).Result is { } failure
            ? new Quiesced(null, failure)
            : new Quiesced([.. ends.Select(end => end.Cargo!.Socket)], SocketResult.Success);
    }

    public async ValueTask<SocketResult> BindAsync(TakeOnceToken token)
    {
        _isBound = true;
        for (var i = 0; i < _cargoes.Length; i++)
        {
            if (_cargoes[i] is not { Keeper: { } keeper } cargo) continue;
            var bound = await keeper.BindAsync(_departures[i]!.Socket, cargo.Socket.Baggage, token)
                .ConfigureAwait(false);
            if (!bound.IsSuccess) return bound;
        }

        return SocketResult.Success;
    }

    public void Resume() => _isGone = false;

    public void Close() => _isGone = true;

    // Once, when the move is over: each socket's actor, as far as it does not know yet.
    public void Tell(SocketResult why)
    {
        for (var i = 0; i < _parcels.Count; i++)
        {
            if (_cargoes[i] is { } cargo) End(_departures[i]!, cargo, why);
            else if (_departures[i] is not { IsTakenOn: true }) Decline(_parcels[i], why);
        }
    }

    private void End(Departure departure, Cargo cargo, SocketResult why)
    {
        departure.End(cargo, _isGone, why);
        if (_isBound && !_isGone) cargo.Keeper?.Desk?.Tell(new Keeping.Unbind(departure.Socket));
    }

    // A name that was claimed stays given.
    private void Decline(Parcel parcel, SocketResult why)
    {
        if (parcel.Command is Acquire { Offer: var offer, Owner: var carrier })
            parcel.Socket.Tell(new Decline(offer, carrier, $"to {Label}: {why}"), carrier);
    }
}
