using System.Text;
using Handoff.Messages;
using Handoff.TestKit.Parties;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Scenarios;

/// <summary>What must be so of an actor of a story.</summary>
public sealed class PartyExpectations
{
    private readonly Stage _stage;
    private readonly Party _party;

    internal PartyExpectations(Stage stage, Party party) => (_stage, _party) = (stage, party);

    /// <summary>It owns the socket, knows it, and nothing is on offer.</summary>
    /// <param name="socket">Which.</param>
    public PartyExpectations Owns(string socket) => Expect(() =>
    {
        var status = _stage.StatusOf(socket);
        if (status is null) return $"{socket} is closed, but {_party.Name} must own it";
        if (status.State is not "Held" || !_party.Ref.Equals(status.Owner))
            return $"{socket} is {status.State} by {status.Owner?.Path.Name ?? "nobody"}, not by {_party.Name}";
        return _party.IsForeign || _party.Of(socket).Handle?.Epoch == status.Epoch
            ? null
            : $"{_party.Name} owns {socket} in epoch {status.Epoch}, but was told {_party.Of(socket).Handle}";
    });

    /// <summary>Another owns the socket, or nobody does.</summary>
    /// <param name="socket">Which.</param>
    public PartyExpectations DoesNotOwn(string socket) => Expect(() =>
        _party.Ref.Equals(_stage.StatusOf(socket)?.Owner) ? $"{_party.Name} owns {socket}" : null);

    /// <summary>It was offered the socket so often, all in all.</summary>
    /// <param name="socket">Which.</param>
    /// <param name="times">How often.</param>
    public PartyExpectations IsOffered(string socket, int times = 1) => IsTold<Offered>(socket, times);

    /// <summary>It was told this so often, all in all.</summary>
    /// <typeparam name="TMessage">One of <c>Handoff.Messages</c>.</typeparam>
    /// <param name="socket">Of which socket.</param>
    /// <param name="times">How often.</param>
    public PartyExpectations IsTold<TMessage>(string socket, int times = 1) => IsTold<TMessage>(socket, null, times);

    /// <summary>It was told this, and in these words, so often, all in all.</summary>
    /// <typeparam name="TMessage">One of <c>Handoff.Messages</c>.</typeparam>
    /// <param name="socket">Of which socket.</param>
    /// <param name="words">Which of them count; null: all.</param>
    /// <param name="times">How often.</param>
    public PartyExpectations IsTold<TMessage>(string socket, Func<TMessage, bool>? words, int times = 1) =>
        Expect(() =>
        {
            var told = _party.ToldOf(socket).OfType<TMessage>().Count(words ?? (_ => true));
            return told == times
                ? null
                : $"{_party.Name} was told {typeof(TMessage).Name} of {socket} {told} times, not {times}";
        });

    /// <summary>It was told this, and in these words, so often, all in all; of whatever socket, or of none.</summary>
    /// <typeparam name="TMessage">One of <c>Handoff.Messages</c>.</typeparam>
    /// <param name="words">Which of them count.</param>
    /// <param name="times">How often.</param>
    public PartyExpectations IsTold<TMessage>(Func<TMessage, bool> words, int times = 1) => Expect(() =>
    {
        var told = _party.AllTold.OfType<TMessage>().Count(words);
        return told == times ? null : $"{_party.Name} was told {typeof(TMessage).Name} {told} times, not {times}";
    });

    /// <summary>It was told this of each of many sockets so often, all in all.</summary>
    /// <typeparam name="TMessage">One of <c>Handoff.Messages</c>.</typeparam>
    /// <param name="sockets">Of which sockets.</param>
    /// <param name="times">How often of each.</param>
    public PartyExpectations IsTold<TMessage>(IEnumerable<string> sockets, int times) => Expect(() =>
    {
        var told = _party.AllTold.OfType<TMessage>().CountBy(message => _stage.LabelOf(message!)).ToDictionary();
        return sockets.Where(socket => told.GetValueOrDefault(socket) != times)
            .Select(socket => $"{_party.Name} was told {typeof(TMessage).Name} of {socket} "
                + $"{told.GetValueOrDefault(socket)} times, not {times}")
            .FirstOrDefault();
    });

    /// <summary>All that it read and consumed of each of many connections is this text.</summary>
    /// <param name="connections">Which.</param>
    /// <param name="text">The text, by the name of the connection.</param>
    public PartyExpectations HaveRead(IEnumerable<string> connections, Func<string, string> text) => Expect(() =>
        connections.Where(name => Encoding.UTF8.GetString([.. _party.Of(name).Read]) != text(name))
            .Select(name => $"{_party.Name} has read another text of {name} than '{text(name)}'")
            .FirstOrDefault());

    /// <summary>It was never told this.</summary>
    /// <typeparam name="TMessage">One of <c>Handoff.Messages</c>.</typeparam>
    /// <param name="socket">Of which socket.</param>
    public PartyExpectations IsNotTold<TMessage>(string socket) => IsTold<TMessage>(socket, times: 0);

    /// <summary>Its last release of the socket came to nothing, and it was told so once.</summary>
    /// <param name="socket">Which.</param>
    /// <param name="why">How the offer ended.</param>
    /// <param name="because">A part of the reason.</param>
    public PartyExpectations IsToldItFailed(string socket, OfferOutcome why, string because = "") =>
        IsTold<ReleaseFailed>(socket, failed => ReferenceEquals(failed.Release, _party.Of(socket).Release)
            && failed.Outcome == why
            && failed.Result.Code is ResultCode.EESOCKNOTRLSD or ResultCode.EEABORTED
            && failed.Result.Reason.Contains(because, StringComparison.Ordinal));

    /// <summary>What it asked of the socket last was refused, by a message or by its lease.</summary>
    /// <param name="socket">Which.</param>
    /// <param name="code">With which code.</param>
    public PartyExpectations IsRefused(string socket, ResultCode code) => Expect(() =>
    {
        var last = _party.RefusedOf(socket).LastOrDefault();
        return last == code ? null : $"{_party.Name} was last refused {last} of {socket}, not {code}";
    });

    /// <summary>It was refused nothing.</summary>
    /// <param name="socket">Of which socket.</param>
    public PartyExpectations IsRefusedNothing(string socket) => Expect(() =>
        _party.RefusedOf(socket).Select(code => $"{_party.Name} was refused {code} of {socket}").FirstOrDefault());

    /// <summary>All that it read and consumed of a connection, and did not push back, is this text.</summary>
    /// <param name="connection">Which.</param>
    /// <param name="text">The text.</param>
    public PartyExpectations HasRead(string connection, string text) => Expect(() =>
    {
        var read = Encoding.UTF8.GetString([.. _party.Of(connection).Read]);
        return read == text ? null : $"{_party.Name} has read '{read}' of {connection}, not '{text}'";
    });

    /// <summary>It read and consumed so many bytes of a connection. That they are the right ones is always
    /// watched.</summary>
    /// <param name="connection">Which.</param>
    /// <param name="count">How many.</param>
    public PartyExpectations HasRead(string connection, int count) => Expect(() =>
    {
        var read = _party.Of(connection).Read.Count;
        return read == count ? null : $"{_party.Name} has read {read} bytes of {connection}, not {count}";
    });

    /// <summary>All that it read and consumed of a datagram socket are these messages, in this order.</summary>
    /// <param name="socket">Which.</param>
    /// <param name="messages">Who sent it, and the text.</param>
    public PartyExpectations HasReadFrom(string socket, params (string Sender, string Text)[] messages) => Expect(() =>
    {
        var read = _party.Of(socket).MessagesRead;
        return read.SequenceEqual(messages)
            ? null
            : $"{_party.Name} has read {string.Join(", ", read)} of {socket}, not {string.Join(", ", messages)}";
    });

    /// <summary>It owns no socket that it could find by <c>OwnedBy</c>.</summary>
    public PartyExpectations OwnsNothing() => Expect(() =>
    {
        var owned = _stage.System.Handoff.Owners.Of(_party.Ref);
        return owned.Count == 0 ? null : $"{_party.Name} owns {string.Join(", ", owned)}";
    });

    /// <summary>It read the peer's end.</summary>
    /// <param name="connection">Of which connection.</param>
    public PartyExpectations SawTheEnd(string connection) => Expect(() =>
        _party.Of(connection).SawEnd || _party.ToldOf(connection).OfType<PeerFinished>().Any()
            ? null
            : $"{_party.Name} did not see the end of {connection}");

    private PartyExpectations Expect(Func<string?> whyNot)
    {
        _stage.Until(whyNot);
        return this;
    }
}
