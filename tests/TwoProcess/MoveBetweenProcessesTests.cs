using System.Globalization;
using Handoff.Transport.Engine.Linux;
using Handoff.TwoProcess.Tests.Host;
using Handoff.TwoProcess.Tests.Setup;

namespace Handoff.TwoProcess.Tests;

/// <summary>
/// One live connection between two processes, with unread and unsent bytes, and either process killed or stopped at
/// each step: it is where the protocol says.
/// </summary>
public sealed class MoveBetweenProcessesTests
{
    private const int Killed = 128 + Fault.KillSignal;

    // How long one side waits for the other that stands still.
    private const int Bound = 5;

    [LinuxFact]
    public async Task A_connection_moves_with_what_is_unread_and_unsent()
    {
        await using var scene = await Scene.BeginAsync();
        Assert.Equal("Moved", await scene.Giver.SaysAsync("outcome"));
        var baggage = (await scene.Taker.SaysAsync("baggage")).Split(' ');
        Assert.All(baggage, bytes => Assert.True(int.Parse(bytes, CultureInfo.InvariantCulture) > 0, bytes));
        Assert.Equal("Moved", await scene.Taker.SaysAsync("outcome"));
        Assert.Equal(0, await scene.Giver.ExitAsync());
        await scene.ServedByAsync(scene.Taker);
        Assert.Equal(0, await scene.Taker.ExitAsync());
    }

    // Before the transfer is sent the connection dies with its owner.
    [LinuxTheory]
    [InlineData("SendOffer before kill", "nothing")]
    [InlineData("SendOffer after kill", "outcome")]
    [InlineData("Quiesce before kill", "outcome")]
    [InlineData("SendTransfer before kill", "outcome")]
    public async Task A_giver_killed_before_it_sent_the_transfer_takes_the_connection_with_it(
        string fault, string word)
    {
        await using var scene = await Scene.BeginAsync(giverFault: fault);
        Assert.Equal(Killed, await scene.Giver.ExitAsync());
        var said = await scene.Taker.SaysAsync(word);
        if (word == "outcome") Assert.Equal("PeerLost", said);
        await scene.LostAsync();
        Assert.Equal(0, await scene.Taker.ExitAsync());
    }

    [LinuxTheory]
    [InlineData("SendTransfer after kill")]
    [InlineData("TakeToken before kill")]
    [InlineData("TakeToken after kill")]
    [InlineData("Close before kill")]
    [InlineData("TellReleased before kill")]
    public async Task A_giver_killed_after_it_sent_the_transfer_has_given_it(string fault)
    {
        await using var scene = await Scene.BeginAsync(giverFault: fault);
        Assert.Equal(Killed, await scene.Giver.ExitAsync());
        Assert.Equal("Moved", await scene.Taker.SaysAsync("outcome"));
        await scene.ServedByAsync(scene.Taker);
    }

    [LinuxTheory]
    [InlineData("Ask before kill")]
    [InlineData("SendAccept before kill")]
    [InlineData("SendAccept after kill")]
    [InlineData("TakeToken before kill")]
    public async Task A_taker_killed_before_it_took_the_token_leaves_it_with_the_giver(string fault)
    {
        await using var scene = await Scene.BeginAsync(takerFault: fault);
        Assert.Equal(Killed, await scene.Taker.ExitAsync());
        Assert.Equal("PeerLost", await scene.Giver.SaysAsync("outcome"));
        await scene.ServedByAsync(scene.Giver);
    }

    [LinuxTheory]
    [InlineData("TakeToken after kill")]
    [InlineData("SendAdopted after kill")]
    [InlineData("Admit before kill")]
    public async Task A_taker_killed_after_it_took_the_token_takes_the_connection_with_it(string fault)
    {
        await using var scene = await Scene.BeginAsync(takerFault: fault);
        Assert.Equal(Killed, await scene.Taker.ExitAsync());
        Assert.Equal("Moved", await scene.Giver.SaysAsync("outcome"));
        Assert.Equal(0, await scene.Giver.ExitAsync());
        await scene.LostAsync();
    }

    [LinuxFact]
    public async Task A_taker_that_stands_still_before_it_took_the_token_finds_it_gone()
    {
        await using var scene = await Scene.BeginAsync(takerFault: "TakeToken before stop", giverSeconds: Bound);
        Assert.Equal("TimedOut", await scene.Giver.SaysAsync("outcome"));
        await scene.ServedByAsync(scene.Giver);
        Fault.Send(scene.Taker.Id, Fault.ContinueSignal);
        Assert.Equal("Revoked", await scene.Taker.SaysAsync("outcome"));
    }

    [LinuxFact]
    public async Task A_taker_that_stands_still_after_it_took_the_token_has_it_when_it_goes_on()
    {
        await using var scene = await Scene.BeginAsync(takerFault: "TakeToken after stop", giverSeconds: Bound);
        Assert.Equal("Moved", await scene.Giver.SaysAsync("outcome"));
        Assert.Equal(0, await scene.Giver.ExitAsync());
        Fault.Send(scene.Taker.Id, Fault.ContinueSignal);
        Assert.Equal("Moved", await scene.Taker.SaysAsync("outcome"));
        await scene.ServedByAsync(scene.Taker);
    }

    [LinuxFact]
    public async Task A_giver_that_stands_still_before_it_sends_has_it_when_it_goes_on()
    {
        await using var scene = await Scene.BeginAsync(giverFault: "SendTransfer before stop", takerSeconds: Bound);
        Assert.Equal("TimedOut", await scene.Taker.SaysAsync("outcome"));
        Fault.Send(scene.Giver.Id, Fault.ContinueSignal);
        Assert.NotEqual("Moved", await scene.Giver.SaysAsync("outcome"));
        await scene.ServedByAsync(scene.Giver);
    }

    // LinuxEngine.IsSupported is what the sides stand on.
    [Fact]
    public void Elsewhere_than_on_Linux_these_tests_say_why_they_are_skipped() =>
        Assert.Equal(LinuxEngine.IsSupported, new LinuxFactAttribute().Skip is null);
}
