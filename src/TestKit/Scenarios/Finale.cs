using Handoff.TestKit.Parties;

namespace Handoff.TestKit.Scenarios;

// The end of every scenario: what is open comes to its end, all go, and nothing may be left.
internal static class Finale
{
    private const int MostDueTimes = 10_000;

    public static void Play(Stage stage)
    {
        stage.Rest();
        Expire(stage);
        stage.Watch.Outcomes.AtEnd(who => stage.Parties.Any(party => party.IsAlive && party.Ref.Equals(who)));
        stage.Note("everybody leaves");
        stage.StopListening();
        foreach (var peer in stage.Peers) peer.GoOnReading();
        stage.Rest();
        foreach (var party in stage.Parties)
        {
            stage.MayTear |= party.HasOpen;
            if (party.Ref.Path.Address.Equals(stage.Sockets.Path.Address)) stage.System.Actors.Stop(party.Ref);
        }

        stage.Rest();
        foreach (var peer in stage.Peers) peer.Close();
        foreach (var sender in stage.Senders) sender.Close();
        stage.Rest();
        Expire(stage);
        stage.Until(() => stage.Witness.Alive.Any() ? $"{stage.Witness.Alive.Count()} sockets are left open" : null);
        stage.Until(() => stage.Peers.FirstOrDefault(peer => !peer.Connection.Completion.IsCompleted) is { } peer
            ? $"the peer of {peer.Name} does not come to an end"
            : null);
        stage.Until(() => stage.Senders.FirstOrDefault(sender => !sender.IsOver) is { } sender
            ? $"{sender.Name} does not come to an end"
            : null);
        foreach (var peer in stage.Peers)
        {
            if (peer.SawEnd && peer.Failure is null) peer.Outbound.AtEnd();
        }

        stage.Witness.Leave();
        stage.System.RunUntilIdle();
        stage.Demand();
        Demand(stage);
    }

    // Time passes until nothing waits for it any more.
    private static void Expire(Stage stage)
    {
        for (var due = 0; stage.System.Clock.Pending > 0; due++)
        {
            if (due == MostDueTimes)
                throw new StoryException($"timers are set again and again, after {stage.System.Clock.Elapsed} still");
            stage.System.AdvanceToNext();
            stage.Rest();
        }
    }

    private static void Demand(Stage stage)
    {
        var owned = stage.System.Handoff.Owners.Count;
        if (owned > 0) throw new StoryException($"{owned} sockets are still in the index of owners");
        var offering = stage.System.Handoff.Rules.Offers.Count;
        if (offering > 0) throw new StoryException($"{offering} actors still have an offer open");
        var blocks = stage.Theatre.BlocksOut - stage.BlocksBefore;
        if (blocks != 0 && !stage.MayTear) throw new StoryException($"{blocks} blocks are not given back");
        foreach (var logged in stage.System.Logged)
        {
            if (logged.Cause is CrashException) continue;
            var text = $"{logged.Message} {logged.Cause}";
            if (!stage.ExpectedErrors.Any(expected => text.Contains(expected, StringComparison.Ordinal)))
                throw new StoryException($"Akka logged an error: {text}");
        }
    }
}
