using System.Text;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Rendezvous;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Handles.Driving;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Handles.Rendezvous;

public sealed class NameFilesTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private readonly Station _one;
    private readonly Station _other;

    public NameFilesTests()
    {
        _one = new Station(_folder["run"], new RendezvousOptions { MaxNames = 3 });
        _other = new Station(_folder["run"], new RendezvousOptions { MaxNames = 3 });
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        _folder.Dispose();
    }

    [LinuxFact]
    public async Task A_name_that_is_given_is_found_in_any_case_with_its_giver()
    {
        using var held = await _one.GivenAsync("Login", "gateway");
        using var found = _other.Names.Find("lOGIN");
        Assert.Equal(
            new NameRecord(_folder["run/gateway.sock"], Environment.ProcessId, "Login"), found!.Record);
        Assert.True(found.IsHeld());
        Assert.Null(_other.Names.Find("logout"));
    }

    [LinuxFact]
    public async Task A_name_is_in_use_until_it_is_freed_and_its_file_goes_with_it()
    {
        var held = await _one.GivenAsync("login");
        Assert.Equal(ResultCode.EENAMEINUSE, (await _other.TryGiveAsync("LOGIN")).Code);
        var again = await _one.TryGiveAsync("login");
        Assert.Equal(ResultCode.EENAMEINUSE, again.Code);
        Assert.Contains($"process {Environment.ProcessId}", again.Reason, StringComparison.Ordinal);
        held.Dispose();
        held.Dispose();
        Assert.Null(_other.Names.Find("login"));
        Assert.Empty(Directory.GetFiles(_one.Names.Path));
        using var next = await _other.GivenAsync("login");
    }

    [LinuxFact]
    public async Task What_a_dead_process_left_is_not_held_and_its_name_is_free()
    {
        _one.LeaveDead("login");
        using (var found = _one.Names.Find("login")) Assert.False(found!.IsHeld());
        using var held = await _other.GivenAsync("login");
        using var now = _one.Names.Find("login");
        Assert.True(now!.IsHeld());
        Assert.Equal(Environment.ProcessId, now.Record.Giver);
    }

    // Who asks whether a giver lives may stand still while it asks.
    [LinuxFact]
    public async Task Whoever_only_asks_about_a_dead_giver_keeps_no_other_from_giving()
    {
        _one.LeaveDead("login");
        using var asking = File.Open(_one.FileOf("login"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Assert.Equal(0, FileCalls.Lock(asking.SafeFileHandle, FileCalls.Shared | FileCalls.AtOnce));
        using var held = await _other.GivenAsync("login");
        using var found = _one.Names.Find("login");
        Assert.True(found!.IsHeld());
    }

    [LinuxFact]
    public async Task As_many_names_as_there_may_be_are_given_and_the_next_when_one_is_free()
    {
        var first = await _one.GivenAsync("a");
        using var second = await _other.GivenAsync("b");
        using var third = await _one.GivenAsync("c");
        var refused = await _other.TryGiveAsync("d");
        Assert.Equal(ResultCode.EEGIVETABLEFULL, refused.Code);
        Assert.Contains("handoff.processes.max-names", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(ResultCode.EENAMEINUSE, (await _other.TryGiveAsync("a")).Code);
        first.Dispose();
        using var fourth = await _other.GivenAsync("d");
    }

    [LinuxFact]
    public async Task Those_of_dead_processes_make_room_where_there_is_none()
    {
        _one.LeaveDead("dead");
        _one.LeaveDead("dead too");
        using var first = await _one.GivenAsync("a");
        using var second = await _one.GivenAsync("b");
        using var third = await _one.GivenAsync("c");
        Assert.Equal(3, Directory.GetFiles(_one.Names.Path).Length);
        Assert.Equal(ResultCode.EEGIVETABLEFULL, (await _one.TryGiveAsync("d")).Code);
    }

    [LinuxFact]
    public async Task A_name_that_was_drawn_stands_nowhere_and_is_found_by_who_knows_it()
    {
        using var secret = await _one.GivenAsync("x7k2mq9a", isListed: false);
        using var open = await _one.GivenAsync("login");
        Assert.Equal(["login"], _other.Names.List().Select(record => record.Name));
        var file = Assert.Single(
            Directory.GetFiles(_one.Names.Path), file => file != _one.FileOf("login"));
        var content = new byte[NameRecord.Longest];
        RandomAccess.Read(secret.File, content, fileOffset: 0);
        var all = file + Encoding.ASCII.GetString(content);
        Assert.Contains("giver.sock", all, StringComparison.Ordinal);
        Assert.DoesNotContain("x7k2mq9a", all, StringComparison.Ordinal);
        using var found = _other.Names.Find("x7k2mq9a");
        Assert.Null(found!.Record.Name);
    }

    [LinuxFact]
    public async Task On_offer_is_what_living_givers_give_and_nothing_else()
    {
        using var held = await _one.GivenAsync("login");
        _one.LeaveDead("dead");
        using var other = await _other.GivenAsync("mail", "other");
        var strange = new NameRecord("/x", 7, "login").Write(); // in the file of another name
        RandomAccess.SetLength(other.File, strange.Length);
        RandomAccess.Write(other.File, strange, fileOffset: 0);
        File.WriteAllText(Path.Combine(_one.Names.Path, "notes"), "nobody's");
        Assert.Equal(["login"], _other.Names.List().Select(record => record.Name));
    }

    [LinuxFact]
    public async Task A_name_has_1_to_16_bytes()
    {
        Assert.Equal(ResultCode.EENAMETOOLONG, (await _one.TryGiveAsync("")).Code);
        Assert.Equal(ResultCode.EENAMETOOLONG, (await _one.TryGiveAsync(new string('a', 17))).Code);
        using var held = await _one.GivenAsync(new string('a', 16));
        Assert.Equal(ResultCode.EENAMETOOLONG, (await _one.TryGiveAsync("ääääääääa")).Code);
    }

    [LinuxFact]
    public async Task Where_another_process_stands_still_in_its_turn_a_giver_waits_no_longer_than_its_bound()
    {
        var time = new ManualTime();
        var options = new RendezvousOptions { Handles = new HandleOptions { TimeProvider = time } };
        await using var station = new Station(_folder["run"], options);
        using (var still = FileCalls.Open(FileCalls.WorkingDirectory, _one.Names.Path, FileCalls.ReadOnly))
        {
            Assert.Equal(0, FileCalls.Lock(still, FileCalls.Exclusive | FileCalls.AtOnce));
            var giving = station.TryGiveAsync("login");
            var behind = station.TryGiveAsync("mail"); // of the same process
            await TwoSides.PassAsync(time, Task.WhenAll(giving, behind));
            Assert.Equal(ResultCode.EETIMEDOUT, (await giving).Code);
            Assert.Equal(ResultCode.EETIMEDOUT, (await behind).Code);
        }

        using var held = await station.GivenAsync("login");
    }

    [LinuxFact]
    public async Task A_give_that_is_cancelled_in_its_wait_gives_nothing()
    {
        using var still = FileCalls.Open(FileCalls.WorkingDirectory, _one.Names.Path, FileCalls.ReadOnly);
        Assert.Equal(0, FileCalls.Lock(still, FileCalls.Exclusive | FileCalls.AtOnce));
        using var cancel = new CancellationTokenSource();
        var giving = _one.Names.GiveAsync("login", _one.Address("giver"), true, cancel.Token).AsTask();
        await cancel.CancelAsync();
        Assert.Equal(ResultCode.EEINTR, (await giving.WaitAsync(Loopback.Bound)).Result.Code);
        Assert.Empty(Directory.GetFiles(_one.Names.Path));
    }

    [LinuxFact]
    public async Task Many_who_give_one_name_at_a_time_are_one_who_does_and_the_others_hear_why()
    {
        const int Rounds = 100, Givers = 8;
        for (var round = 0; round < Rounds; round++)
        {
            var stations = Enumerable.Range(0, Givers).Select(i => i % 2 == 0 ? _one : _other);
            var given = await Task.WhenAll(stations.Select(station => Task.Run(
                () => station.Names.GiveAsync("login", station.Address("giver"), true, default).AsTask())));
            Assert.Equal(Givers - 1, given.Count(one => one.Result.Code is ResultCode.EENAMEINUSE));
            Assert.Single(given, one => one.Held is not null).Held!.Dispose();
        }
    }

    [LinuxFact]
    public async Task A_file_that_took_its_place_is_left_alone()
    {
        var held = await _one.GivenAsync("login");
        File.Delete(_one.FileOf("login")); // by somebody who should not
        using var next = await _other.GivenAsync("login");
        held.Dispose();
        using var found = _one.Names.Find("login");
        Assert.True(found!.IsHeld());
    }

    [LinuxFact]
    public async Task All_names_are_free_when_their_process_gives_up_the_directory()
    {
        var station = new Station(_folder["run"]);
        using var first = await station.GivenAsync("a");
        using var second = await station.GivenAsync("b");
        await station.DisposeAsync();
        Assert.Empty(Directory.GetFiles(_one.Names.Path));
    }

    [LinuxFact]
    public async Task Where_the_directory_was_removed_nothing_is_given_that_nobody_would_find()
    {
        Directory.Delete(_one.Names.Path);
        Assert.Equal(ResultCode.EEBADADDR, (await _one.TryGiveAsync("login")).Code);
        Assert.Empty(_one.Names.List());
        Assert.Null(_one.Names.Find("login"));
    }
}
