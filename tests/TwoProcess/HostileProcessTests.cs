using Handoff.Transport;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;
using Handoff.TwoProcess.Tests.Hostile;
using Handoff.TwoProcess.Tests.Setup;
using Xunit.Abstractions;

namespace Handoff.TwoProcess.Tests;

/// <summary>
/// Whoever is at the other end may send anything: it is refused with an error, nothing is closed that should live, and
/// no descriptor is left open. The seed is printed, and HANDOFF_SEED repeats it.
/// </summary>
[Collection(nameof(Alone))]
public sealed class HostileProcessTests(ITestOutputHelper output)
{
    private const int Cases = 10_000;
    private const int MostLeft = 4_000;

    [LinuxFact]
    public async Task A_taker_withstands_10000_attacks_and_takes_what_is_given_in_between()
    {
        await using var arena = await Arena.OpenAsync();
        output.WriteLine($"seed {arena.Seed}");
        var taker = new FuzzedTaker(arena.End);
        var taking = Task.Run(taker.RunAsync);
        var wins = 0;
        await arena.RunAsync(Cases, async number =>
        {
            AttackTaker(arena);

            // It comes after all of that, and is answered when all of that is over.
            var id = FuzzedTaker.Probe | number;
            var probe = AnyFrame.Offer(arena.Random, id, 1) with { Needs = HandleCapabilities.Streams };
            arena.Send(Attacks.Of("probe", probe));
            var answering = arena.End.NextAsync<Frame.Decline>(id);
            await await Task.WhenAny(answering, taking);
            Assert.Equal(ResultCode.EEQUOTA, (await answering).Why.Code);
            var moved = taker.Outcomes.GetValueOrDefault(MoveOutcome.Moved);
            Assert.True(moved == wins || arena.Sent.Any(one => one.HasToken), "it took what nobody gave");
            wins = moved;
        });

        taker.End();
        arena.End.Dispose();
        await taking.WaitAsync(HostileEnd.Bound);
        output.WriteLine(string.Join(", ", taker.Outcomes));
        Assert.True(wins > Cases / 50, $"{wins} moves do not say that the others failed for a reason");
    }

    [LinuxFact]
    public async Task A_giver_withstands_10000_attacks_and_keeps_its_connection()
    {
        await using var arena = await Arena.OpenAsync();
        output.WriteLine($"seed {arena.Seed}");
        var live = arena.Live;
        Dictionary<MoveOutcome, int> outcomes = [];
        await arena.RunAsync(Cases, async id =>
        {
            var (stopped, resumed) = (live.Stopped, live.Resumed);
            var giving = Giver.GiveAsync(arena.End.Victim, id, live, default).AsTask();
            await arena.End.NextAsync<Frame.Offer>(id);
            AttackGiver(arena, id);
            arena.Send(Attacks.Of("end", new Frame.Refuse(id, SocketResult.Of(ResultCode.EEBUSY))));
            var given = await giving.WaitAsync(HostileEnd.Bound);
            outcomes[given.Outcome] = outcomes.GetValueOrDefault(given.Outcome) + 1;
            Assert.NotEqual(MoveOutcome.Moved, given.Outcome);
            Assert.False(given.Why.IsSuccess);
            Assert.Equal(live.Stopped - stopped, live.Resumed - resumed);

            // At times the next move finds what is left of this one, as far as there is room.
            await arena.End.DrainAsync();
            var isMuch = arena.Sent.Sum(one => one.Bytes.Length) > MostLeft;
            if (isMuch || arena.Random.Next(2) == 0) await arena.End.DrainVictimAsync();
        });

        output.WriteLine($"{string.Join(", ", outcomes)}; stopped {live.Stopped}");
        Assert.True(live.Stopped > Cases / 10, $"{live.Stopped} did not fail before the transfer");
        Assert.Equal(0, live.Closed);
    }

    // What it is offered is withdrawn at last, so that no case waits for a bound.
    private static void AttackTaker(Arena arena)
    {
        var random = arena.Random;
        var id = (ulong)random.Next(1, 1000);
        var sockets = random.Next(1, 4);
        if (random.Next(8) != 0) arena.Send(Attacks.Of("offer", AnyFrame.Offer(random, id, sockets)));
        AttackWithAny(arena, id, random.Next(3));
        if (random.Next(2) == 0) arena.Send(arena.Attacks.Transfer(id, sockets, isTrue: random.Next(2) == 0));
        AttackWithAny(arena, id, random.Next(3));
        var why = SocketResult.Of(ResultCode.EEINTR);
        foreach (var offered in arena.Sent.Select(one => one.Offers).OfType<ulong>().Distinct().ToArray())
            arena.Send(Attacks.Of("withdraw", new Frame.Withdraw(offered, why)));
    }

    private static void AttackGiver(Arena arena, ulong id)
    {
        var random = arena.Random;
        AttackWithAny(arena, id, random.Next(2));
        if (random.Next(8) != 0) arena.Send(Attacks.Of("accept", new Frame.Accept(id)));
        AttackWithAny(arena, id, random.Next(3));
        if (random.Next(4) == 0) arena.Send(Attacks.Of("adopted", new Frame.Adopted(id)));
    }

    private static void AttackWithAny(Arena arena, ulong id, int count)
    {
        for (var i = 0; i < count; i++) arena.Send(arena.Attacks.Any(id));
    }
}
