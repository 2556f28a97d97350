using Handoff.TwoProcess.Tests.Host;
using Handoff.TwoProcess.Tests.Setup;

namespace Handoff.TwoProcess.Tests;

/// <summary>
/// A listener and its connections that a keeper keeps, with the depositor, the keeper or an adopter killed at each
/// step: they are where the table of the docs says.
/// </summary>
public sealed class KeeperTests
{
    private const int Killed = 128 + Fault.KillSignal;
    private const int All = 1 + HostSettings.Deposits;

    [LinuxFact]
    public async Task Every_connection_and_the_listener_answer_again_after_kill_9_of_their_process()
    {
        await using var scene = await KeeperScene.BeginAsync();
        await scene.AnswersAsync();
        Assert.Equal("EESUCCESS", await scene.Depositor.SaysAsync("updated"));
        var tokens = scene.Tokens();
        await scene.KillDepositorAsync();
        var adopter = scene.Adopter();
        Assert.Equal("Listener 1", await adopter.SaysAsync("has"));
        Assert.Equal($"{All} EESUCCESS", await adopter.SaysAsync("adopted"));
        await scene.AnswersAsync();
        await scene.HasTokensAsync(tokens - All);
    }

    [LinuxFact]
    public async Task What_is_asked_for_by_its_name_comes_alone_and_the_rest_waits_for_the_next()
    {
        await using var scene = await KeeperScene.BeginAsync();
        Assert.Equal("EESUCCESS", await scene.Depositor.SaysAsync("updated"));
        await scene.KillDepositorAsync();
        Assert.Equal("0 EESUCCESS", await scene.Adopter(name: "Listener").SaysAsync("adopted"));
        var first = scene.Adopter(name: "Listener 1");
        Assert.Equal("Listener 1", await first.SaysAsync("has"));
        Assert.Equal("1 EESUCCESS", await first.SaysAsync("adopted"));
        Assert.Equal($"{All - 1} EESUCCESS", await scene.Adopter().SaysAsync("adopted"));
        await scene.AnswersAsync();
    }

    [LinuxFact]
    public async Task What_nobody_adopts_in_time_is_ended_for_its_peers_and_the_listener_is_closed()
    {
        await using var scene = await KeeperScene.BeginAsync(holdSeconds: 1);
        Assert.Equal("EESUCCESS", await scene.Depositor.SaysAsync("updated"));
        await scene.KillDepositorAsync();
        await scene.AllEndedAsync();
        for (var i = 0; i < All; i++)
            Assert.EndsWith("Unwanted", await scene.Keeper.SaysAsync("over"), StringComparison.Ordinal);
        await scene.IsDeafAsync();
        Assert.Equal("0 EESUCCESS", await scene.Adopter().SaysAsync("adopted"));
    }

    [LinuxFact]
    public async Task What_a_living_process_has_deposited_nobody_else_gets()
    {
        await using var scene = await KeeperScene.BeginAsync();
        Assert.Equal("EESUCCESS", await scene.Depositor.SaysAsync("updated"));
        Assert.Equal("0 EESUCCESS", await scene.Adopter().SaysAsync("adopted"));
        await scene.AnswersAsync();
    }

    [LinuxTheory]
    [InlineData("Deposit before kill", false)]
    [InlineData("Deposit after kill", true)]
    [InlineData("DepositAnswer after kill", true)]
    [InlineData("Update before kill", true)]
    [InlineData("Update after kill", true)]
    [InlineData("UpdateAnswer after kill", true)]
    public async Task A_depositor_that_is_killed_leaves_what_it_had_sent_to_the_keeper(string fault, bool hasLast)
    {
        await using var scene = await KeeperScene.BeginAsync(depositorFault: fault);
        Assert.Equal(Killed, await scene.Depositor.ExitAsync());
        var count = hasLast ? All : All - 1;
        Assert.Equal($"{count} EESUCCESS", await scene.Adopter().SaysAsync("adopted"));
        await scene.AnswersAsync(hasLast);
        if (!hasLast) await scene.LastEndedAsync();
    }

    [LinuxTheory]
    [InlineData("DepositAnswer before kill", "deposited")]
    [InlineData("DepositAnswer after kill", "updated")]
    [InlineData("ReplaceToken before kill", "updated")]
    [InlineData("ReplaceToken after kill", "updated")]
    [InlineData("UpdateAnswer before kill", "updated")]
    public async Task A_keeper_that_is_killed_leaves_everything_with_a_depositor_that_lives(string fault, string word)
    {
        await using var scene = await KeeperScene.BeginAsync(keeperFault: fault);
        Assert.Equal(Killed, await scene.Keeper.ExitAsync());
        Assert.NotEqual("EESUCCESS", await scene.Depositor.SaysAsync(word));
        await scene.AnswersAsync();
    }

    [LinuxTheory]
    [InlineData("TakeToken before kill")]
    [InlineData("TakeToken after kill")]
    [InlineData("Left before kill")]
    [InlineData("Left after kill")]
    [InlineData("MoveSendOffer after kill")]
    [InlineData("MoveQuiesce before kill")]
    [InlineData("MoveSendTransfer before kill")]
    public async Task A_keeper_that_is_killed_before_it_sent_what_a_dead_process_left_takes_it_with_it(string fault)
    {
        await using var scene = await KeeperScene.BeginAsync(keeperFault: fault);
        Assert.Equal("EESUCCESS", await scene.Depositor.SaysAsync("updated"));
        await scene.KillDepositorAsync();
        var adopter = scene.Adopter();
        Assert.Equal(Killed, await scene.Keeper.ExitAsync());
        Assert.StartsWith("0 EE", await adopter.SaysAsync("adopted"), StringComparison.Ordinal);
        await scene.AllEndedAsync();
    }

    [LinuxTheory]
    [InlineData("MoveSendTransfer after kill")]
    [InlineData("MoveTakeToken before kill")]
    [InlineData("MoveTakeToken after kill")]
    [InlineData("MoveClose before kill")]
    [InlineData("Close before kill")]
    public async Task A_keeper_that_is_killed_after_that_has_given_it(string fault)
    {
        await using var scene = await KeeperScene.BeginAsync(keeperFault: fault);
        Assert.Equal("EESUCCESS", await scene.Depositor.SaysAsync("updated"));
        await scene.KillDepositorAsync();
        var adopter = scene.Adopter();
        Assert.Equal(Killed, await scene.Keeper.ExitAsync());
        Assert.StartsWith($"{All} EE", await adopter.SaysAsync("adopted"), StringComparison.Ordinal);
        await scene.AnswersAsync();
    }

    [LinuxTheory]
    [InlineData("Adopt before kill")]
    [InlineData("Adopt after kill")]
    [InlineData("AdoptAnswer after kill")]
    [InlineData("Ask before kill")]
    [InlineData("SendAccept before kill")]
    [InlineData("SendAccept after kill")]
    [InlineData("TakeToken before kill")]
    public async Task An_adopter_killed_before_it_took_the_token_leaves_everything_to_the_next(string fault)
    {
        await using var scene = await KeeperScene.BeginAsync();
        Assert.Equal("EESUCCESS", await scene.Depositor.SaysAsync("updated"));
        await scene.KillDepositorAsync();
        Assert.Equal(Killed, await scene.Adopter(fault).ExitAsync());
        Assert.Equal($"{All} EESUCCESS", await scene.Adopter().SaysAsync("adopted"));
        await scene.AnswersAsync();
    }

    [LinuxTheory]
    [InlineData("TakeToken after kill")]
    [InlineData("SendAdopted after kill")]
    [InlineData("Admit before kill")]
    public async Task An_adopter_killed_after_it_took_the_token_takes_everything_with_it(string fault)
    {
        await using var scene = await KeeperScene.BeginAsync();
        Assert.Equal("EESUCCESS", await scene.Depositor.SaysAsync("updated"));
        await scene.KillDepositorAsync();
        Assert.Equal(Killed, await scene.Adopter(fault).ExitAsync());
        Assert.Equal("0 EESUCCESS", await scene.Adopter().SaysAsync("adopted"));
        await scene.AllEndedAsync();
    }

    [LinuxTheory]
    [InlineData("SendOffer after kill")]
    [InlineData("Quiesce after kill")]
    [InlineData("SendTransfer before kill")]
    public async Task A_depositor_killed_before_it_sent_what_it_gives_leaves_that_to_the_keeper(string fault)
    {
        await using var scene = await KeeperScene.BeginAsync(depositorFault: fault, hasHeir: true);
        Assert.Equal(Killed, await scene.Depositor.ExitAsync());
        Assert.NotEqual("Moved", await scene.Heir!.SaysAsync("outcome"));
        Assert.Equal($"{All} EESUCCESS", await scene.Adopter().SaysAsync("adopted"));
        await scene.AnswersAsync();
    }

    [LinuxTheory]
    [InlineData("SendTransfer after kill")]
    [InlineData("TakeToken before kill")]
    [InlineData("TakeToken after kill")]
    [InlineData("Close before kill")]
    public async Task A_depositor_killed_after_it_sent_what_it_gives_has_given_it_and_the_keeper_does_not(string fault)
    {
        await using var scene = await KeeperScene.BeginAsync(depositorFault: fault, hasHeir: true);
        Assert.Equal(Killed, await scene.Depositor.ExitAsync());
        Assert.Equal("Moved", await scene.Heir!.SaysAsync("outcome"));
        Assert.Equal($"{All - 1} EESUCCESS", await scene.Adopter().SaysAsync("adopted"));
        await scene.AnswersAsync(hasLast: false);
        await scene.LastAnswersAsync();
    }

    [LinuxFact]
    public async Task An_heir_that_stands_still_finds_the_token_gone_once_an_adopter_has_the_connection()
    {
        await using var scene = await KeeperScene.BeginAsync(
            depositorFault: "SendTransfer after kill", hasHeir: true, heirFault: "TakeToken before stop");
        Assert.Equal(Killed, await scene.Depositor.ExitAsync());
        Assert.Equal($"{All} EESUCCESS", await scene.Adopter().SaysAsync("adopted"));
        await scene.AnswersAsync();
        Fault.Send(scene.Heir!.Id, Fault.ContinueSignal);
        Assert.Equal("Revoked", await scene.Heir.SaysAsync("outcome"));
        await scene.AnswersAsync();
    }

    [LinuxFact]
    public async Task A_connection_that_its_heir_died_over_is_kept_again_under_a_token_of_its_own()
    {
        await using var scene = await KeeperScene.BeginAsync(hasHeir: true, heirFault: "TakeToken before kill");
        Assert.Equal("PeerLost", await scene.Depositor.SaysAsync("outcome"));
        Assert.Equal("EESUCCESS", await scene.Depositor.SaysAsync("updated"));
        await scene.KillDepositorAsync();
        Assert.Equal($"{All} EESUCCESS", await scene.Adopter().SaysAsync("adopted"));
        await scene.AnswersAsync();
    }
}
