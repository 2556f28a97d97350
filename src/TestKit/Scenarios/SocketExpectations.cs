using Handoff.Messages;

namespace Handoff.TestKit.Scenarios;

/// <summary>What must be so of a socket, as it says of itself.</summary>
public sealed class SocketExpectations
{
    private readonly Stage _stage;
    private readonly string _socket;

    internal SocketExpectations(Stage stage, string socket) => (_stage, _socket) = (stage, socket);

    /// <summary>It is on offer, and its owner is still this one.</summary>
    /// <param name="owner">The owner; null if it has none.</param>
    /// <param name="targets">Who may acquire now.</param>
    public SocketExpectations IsOnOfferBy(string? owner, params string[] targets) => Expect(status =>
    {
        var invited = status.Targets.Select(target => target.Path.Name).ToList();
        if (status.Offer is null) return $"{_socket} is {status.State}, not on offer";
        if (status.Owner?.Path.Name != owner) return $"{_socket} is on offer by {status.Owner?.Path.Name ?? "nobody"}";
        return invited.SequenceEqual(targets) ? null : $"{_socket} is on offer to {string.Join(", ", invited)}";
    });

    /// <summary>It is in this epoch.</summary>
    /// <param name="epoch">From 1.</param>
    public SocketExpectations IsInEpoch(long epoch) => Expect(status =>
        status.Epoch == epoch ? null : $"{_socket} is in epoch {status.Epoch}, not {epoch}");

    /// <summary>What it says of itself is this.</summary>
    /// <param name="expected">Whether it is.</param>
    public SocketExpectations Says(Func<SocketStatus, bool> expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return Expect(status => expected(status) ? null : $"{_socket} says {status}");
    }

    /// <summary>Its actor has stopped, and its descriptor is closed.</summary>
    public void IsClosed() => _stage.Until(() =>
        _stage.Witness.IsDead(_stage.IdOf(_socket)) ? null : $"{_socket} is open");

    private SocketExpectations Expect(Func<SocketStatus, string?> whyNot)
    {
        _stage.Until(() => _stage.StatusOf(_socket) is { } status ? whyNot(status) : $"{_socket} is closed");
        return this;
    }
}
