using System.Globalization;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Handles.Rendezvous;
using Handoff.TwoProcess.Tests.Host;
using Handoff.TwoProcess.Tests.Setup;

namespace Handoff.TwoProcess.Tests;

/// <summary>A name is one living process's at most, and free when that has died.</summary>
public sealed class NamesBetweenProcessesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("handoff-");

    public void Dispose() => _folder.Delete(recursive: true);

    [LinuxFact]
    public async Task A_connection_goes_by_its_name_to_a_process_that_waited_for_it()
    {
        await using var scene = await Scene.ByNameAsync();
        Assert.Equal(NamePlace.Name, await scene.Giver.SaysAsync("claimed"));
        Assert.Equal("Moved", await scene.Giver.SaysAsync("outcome"));
        Assert.Equal("Moved", await scene.Taker.SaysAsync("outcome"));
        Assert.Equal(0, await scene.Giver.ExitAsync());
        await scene.ServedByAsync(scene.Taker);
        Assert.Equal(0, await scene.Taker.ExitAsync());
    }

    [LinuxFact]
    public async Task A_giver_that_is_killed_frees_its_name_and_one_that_stands_still_does_not()
    {
        using var place = Place();
        await using var giver = new Child("name-holder", _folder.FullName);
        Assert.Equal("EESUCCESS", await giver.SaysAsync("gives"));
        var (_, taken) = await place.GiveAsync();
        Assert.Equal(ResultCode.EENAMEINUSE, taken.Code);
        Assert.Contains($"process {giver.Id}", taken.Reason, StringComparison.Ordinal);
        Fault.Send(giver.Id, Fault.StopSignal);
        Assert.Equal(ResultCode.EENAMEINUSE, (await place.GiveAsync()).Result.Code);
        Assert.Single(place.Names.List());
        Fault.Send(giver.Id, Fault.KillSignal);
        await giver.ExitAsync();
        Assert.Empty(place.Names.List());
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var getter = new NameGetter(engine, place.Names, place.Options, PeerRule.SameUser);
        Assert.Equal(
            ResultCode.EENAMENOTFOUND, (await getter.GetAsync(NamePlace.Name, null, default)).Result.Code);
        var (held, free) = await place.GiveAsync();
        Assert.True(free.IsSuccess, free.ToString());
        held!.Dispose();
    }

    // In its turn, before it has locked, before it has written, while it removes.
    [LinuxFact]
    public async Task A_process_that_is_killed_anywhere_while_it_gives_and_frees_keeps_nobody_from_giving()
    {
        const int Kills = 10;
        using var place = Place();
        for (var i = 0; i < Kills; i++)
        {
            await using var changer = new Child("name-changer", _folder.FullName);
            await changer.SaysAsync("goes");
            Fault.Send(changer.Id, Fault.KillSignal);
            await changer.ExitAsync();
            var (held, result) = await place.GiveAsync();
            Assert.True(result.IsSuccess, result.ToString());
            held!.Dispose();
            Assert.Empty(Directory.GetFiles(place.Names.Path));
        }
    }

    [LinuxFact]
    public async Task Of_two_processes_that_give_one_name_a_thousand_times_exactly_one_does_each_time()
    {
        await using var first = new Child("first-racer", _folder.FullName);
        await first.SaysAsync("ready");
        await using var second = new Child("second-racer", _folder.FullName);
        var won = (await first.SaysAsync("won")).Split(' ')
            .Select(count => int.Parse(count, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(NameRace.Rounds, won.Sum());
        Assert.DoesNotContain(0, won); // it was a race
        Assert.Equal(0, await first.ExitAsync());
        Assert.Equal(0, await second.ExitAsync());
    }

    private NamePlace Place() => new(
        Path.Combine(_folder.FullName, "run"), new HandleOptions { SendTimeout = TimeSpan.FromSeconds(30) });
}
