using System.Text;

namespace Handoff.TestKit.Scenarios;

/// <summary>What the other end of a connection does.</summary>
public sealed class PeerActs
{
    private readonly Stage _stage;
    private readonly string _connection;

    internal PeerActs(Stage stage, string connection) => (_stage, _connection) = (stage, connection);

    private Peer Peer => _stage.PeerOf(_connection);

    /// <summary>Connects to a listener; whoever is offered the connection acquires it or not.</summary>
    /// <param name="door">The listener's name in the story.</param>
    public PeerActs ConnectsTo(string door)
    {
        _stage.Note($"the peer of {_connection} connects to {door}");
        _stage.Connect(_connection, _stage.Names.PlaceOf(door));
        return this;
    }

    /// <summary>Listens for an owner that connects to it, and does not answer before the story says so.</summary>
    public PeerActs Listens()
    {
        _stage.Note($"the peer of {_connection} listens");
        _stage.Listen(_connection);
        return this;
    }

    /// <summary>Answers the owner that has connected to it.</summary>
    public PeerActs Answers()
    {
        _stage.Note($"the peer of {_connection} answers");
        _stage.Answer(_connection);
        return this;
    }

    /// <summary>Listens no more, and has answered nobody: an owner that connects is refused.</summary>
    public PeerActs StopsListening()
    {
        _stage.Note($"the peer of {_connection} listens no more");
        _stage.StopListening(_connection);
        _stage.Rest();
        return this;
    }

    /// <summary>Sends text, as UTF-8.</summary>
    /// <param name="text">The text.</param>
    public PeerActs Sends(string text) => Sends(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends so many bytes, drawn from the seed.</summary>
    /// <param name="count">How many; more than there is room for waits for room.</param>
    public PeerActs Sends(int count) => Sends(_stage.Draw(count));

    /// <summary>Sends no more (FIN).</summary>
    public PeerActs FinishesSending() => Does("finishes sending", peer => peer.FinishSending());

    /// <summary>Resets the connection.</summary>
    public PeerActs Resets() => Does("resets", peer => peer.Reset());

    /// <summary>Closes the connection gracefully.</summary>
    public PeerActs Closes() => Does("closes", peer => peer.Close());

    /// <summary>Reads no more, after what it waits for now.</summary>
    public PeerActs StopsReading() => Does("stops reading", peer => peer.StopReading());

    /// <summary>Reads again.</summary>
    public PeerActs ReadsAgain() => Does("reads again", peer => peer.GoOnReading());

    private PeerActs Sends(byte[] bytes) => Does($"sends {bytes.Length} bytes", peer => peer.Send(bytes));

    private PeerActs Does(string what, Action<Peer> act)
    {
        var peer = Peer;
        _stage.Note($"the peer of {_connection} {what}");
        _stage.InContext(() => act(peer));
        _stage.Rest();
        return this;
    }
}
