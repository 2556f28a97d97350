using Handoff.Policy;

namespace Handoff.TestKit.Scenarios;

/// <summary>Of whom something must be so: the beginning of a sentence that may fail.</summary>
public sealed class Expectations
{
    private readonly Stage _stage;

    internal Expectations(Stage stage) => _stage = stage;

    /// <summary>Of an actor.</summary>
    /// <param name="name">Its name in the story.</param>
    public PartyExpectations Owner(string name) => new(_stage, _stage.PartyOf(name));

    /// <inheritdoc cref="Owner"/>
    public PartyExpectations Target(string name) => Owner(name);

    /// <inheritdoc cref="Owner"/>
    public PartyExpectations Heir(string name) => Owner(name);

    /// <inheritdoc cref="Owner"/>
    public PartyExpectations Stranger(string name) => Owner(name);

    /// <summary>Of the other end of a connection.</summary>
    /// <param name="connection">The connection's name in the story.</param>
    public PeerExpectations Peer(string connection) => new(_stage, connection);

    /// <summary>Of somebody elsewhere with a datagram socket.</summary>
    /// <param name="name">Its name in the story.</param>
    public SenderExpectations Sender(string name) => new(_stage, _stage.SenderOf(name));

    /// <summary>Of a socket, whoever owns it.</summary>
    /// <param name="socket">Its name in the story.</param>
    public SocketExpectations Socket(string socket) => new(_stage, socket);

    /// <summary>Akka has logged an error that says this. Any other error fails the scenario.</summary>
    /// <param name="text">A part of the error.</param>
    public void TheLogSays(string text)
    {
        _stage.ExpectedErrors.Add(text);
        _stage.Until(() => _stage.System.Logged.Any(
            logged => $"{logged.Message} {logged.Cause}".Contains(text, StringComparison.Ordinal))
            ? null
            : $"nothing was logged that says: {text}");
    }

    /// <summary>Policy refused commands so often, all in all, and each refusal was published.</summary>
    /// <param name="operations">What the commands were to do, or a part of it.</param>
    /// <param name="words">Which of them count; null: all.</param>
    /// <param name="times">How often.</param>
    public void PolicyRefused(
        SocketOperations operations, Func<PolicyRefusal, bool>? words = null, int times = 1) => _stage.Until(() =>
    {
        var published = _stage.Theatre.Audit.Refusals
            .Where(refusal => refusal.Question.Does(operations))
            .Count(words ?? (_ => true));
        return published == times ? null : $"policy refused {operations} {published} times, not {times}";
    });

    /// <summary>Anything else: null, or what is not as it must be.</summary>
    /// <param name="whyNot">Looks at anything; asked again where sockets of the operating system take their
    /// time.</param>
    public void That(Func<string?> whyNot)
    {
        ArgumentNullException.ThrowIfNull(whyNot);
        _stage.Until(whyNot);
    }
}
