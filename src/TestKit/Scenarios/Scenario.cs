using System.Runtime.CompilerServices;
using Akka.Actor;
using Handoff.TestKit.Running;

namespace Handoff.TestKit.Scenarios;

/// <summary>
/// A story of owners, targets and peers, played by real sockets' actors on virtual time and one thread. Each sentence
/// has come to rest before the next one, unless they are said to happen together. Meanwhile and at the end it is
/// watched that each socket has one owner, that each offer has one outcome, told once to each side, that no byte is
/// lost, doubled or out of order, and that nothing is left behind.
/// </summary>
public sealed class Scenario
{
    private readonly Stage _stage;

    private Scenario(Stage stage)
    {
        _stage = stage;
        Given = new Acts(stage);
        Then = new Expectations(stage);
    }

    /// <summary>What is so when the story begins.</summary>
    public Acts Given { get; }

    /// <summary>What happens; the same sentences as <see cref="Given"/>.</summary>
    public Acts When => Given;

    /// <summary>What must be so now.</summary>
    public Expectations Then { get; }

    /// <summary>What it runs on.</summary>
    public SeededSystem System => _stage.System;

    /// <summary>What its sockets are made of.</summary>
    public ScenarioTransport Transport => _stage.Transport;

    /// <summary>The ref of an actor of the story.</summary>
    /// <param name="name">Its name.</param>
    public IActorRef RefOf(string name) => _stage.PartyOf(name).Ref;

    /// <summary>Whether an actor was told this of a socket; for stories that the seed may turn one way or the other.
    /// </summary>
    /// <typeparam name="TMessage">One of <c>Handoff.Messages</c>.</typeparam>
    /// <param name="party">The actor's name in the story.</param>
    /// <param name="socket">The socket's.</param>
    public bool Told<TMessage>(string party, string socket) =>
        _stage.PartyOf(party).ToldOf(socket).OfType<TMessage>().Any();

    /// <summary>Plays a story in memory.</summary>
    /// <param name="seed">Decides what happens first of what may happen now.</param>
    /// <param name="story">The story.</param>
    /// <param name="test">The calling test, for the command that replays it.</param>
    /// <param name="file">Where it stands.</param>
    /// <exception cref="ScenarioFailedException">It went otherwise.</exception>
    public static void Play(
        int seed,
        Action<Scenario> story,
        [CallerMemberName] string test = "",
        [CallerFilePath] string file = "") =>
        Play(ScenarioSetup.Default, seed, story, test, file);

    /// <summary>Plays a story on what it needs.</summary>
    /// <param name="setup">The transport and the settings.</param>
    /// <param name="seed">Decides what happens first of what may happen now.</param>
    /// <param name="story">The story.</param>
    /// <param name="test">The calling test, for the command that replays it.</param>
    /// <param name="file">Where it stands.</param>
    /// <exception cref="ScenarioFailedException">It went otherwise.</exception>
    public static void Play(
        ScenarioSetup setup,
        int seed,
        Action<Scenario> story,
        [CallerMemberName] string test = "",
        [CallerFilePath] string file = "")
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(story);
        var theatre = Theatre.Take(setup);
        var stage = new Stage(theatre, setup, seed);
        try
        {
            story(new Scenario(stage));
            Finale.Play(stage);
        }
        catch (Exception failure)
        {
            throw new ScenarioFailedException(Report.Of(failure, stage, setup, seed, test, file), failure);
        }

        theatre.Return(setup);
    }
}
