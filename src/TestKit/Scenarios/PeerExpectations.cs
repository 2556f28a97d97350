using System.Text;

namespace Handoff.TestKit.Scenarios;

/// <summary>What must be so at the other end of a connection.</summary>
public sealed class PeerExpectations
{
    private readonly Stage _stage;
    private readonly string _connection;

    internal PeerExpectations(Stage stage, string connection) => (_stage, _connection) = (stage, connection);

    /// <summary>All that the peer was sent is this text.</summary>
    /// <param name="text">The text.</param>
    public PeerExpectations HasReceived(string text) => Expect(peer =>
    {
        var seen = Encoding.UTF8.GetString([.. peer.Outbound.Seen]);
        return seen == text ? null : $"the peer of {_connection} has received '{seen}', not '{text}'";
    });

    /// <summary>The peer was sent so many bytes. That they are the right ones is always watched.</summary>
    /// <param name="count">How many.</param>
    public PeerExpectations HasReceived(int count) => Expect(peer => peer.Outbound.Seen.Count == count
        ? null
        : $"the peer of {_connection} has received {peer.Outbound.Seen.Count} bytes, not {count}");

    /// <summary>The peer was sent all that was accepted so far, and nothing waits to be. That they are the right bytes
    /// is always watched.</summary>
    public PeerExpectations HasReceivedAll() => Expect(peer => peer.Outbound.IsComplete
        ? null
        : $"the peer of {_connection} has received {peer.Outbound.Seen.Count} bytes, "
            + $"but {peer.Outbound.Accepted} were accepted, or a write waits for room");

    /// <summary>Not all that the peer sends finds room.</summary>
    public PeerExpectations IsHeldBack() => Expect(peer =>
        peer.Sending.IsCompleted ? $"the peer of {_connection} is not held back" : null);

    /// <summary>All that the peer sends found room.</summary>
    public PeerExpectations IsNotHeldBack() => Expect(peer =>
        peer.Sending.IsCompleted ? null : $"the peer of {_connection} is held back");

    /// <summary>The peer read everything, and then the end.</summary>
    public PeerExpectations SeesTheEnd() => Expect(peer => (peer.SawEnd, peer.Failure) switch
    {
        (true, null) => null,
        (_, { } failure) => $"the peer of {_connection} failed: {failure}",
        _ => $"the peer of {_connection} sees no end",
    });

    /// <summary>The peer was reset.</summary>
    public PeerExpectations SeesAReset() => Expect(peer =>
        peer.Failure is null ? $"the peer of {_connection} was not reset" : null);

    /// <summary>The connection is over: by an end, or by a reset where there is one.</summary>
    public PeerExpectations IsGone() => Expect(peer => peer.SawEnd || peer.Failure is not null
        ? null
        : $"the peer of {_connection} sees no end and no reset");

    /// <summary>The connection goes on.</summary>
    public PeerExpectations SeesNoEnd() => Expect(peer => peer.SawEnd || peer.Failure is not null
        ? $"the peer of {_connection} sees the end {peer.Failure}"
        : null);

    private PeerExpectations Expect(Func<Peer, string?> whyNot)
    {
        _stage.Until(() => whyNot(_stage.PeerOf(_connection)));
        return this;
    }
}
