using System.Net.Sockets;
using Handoff.Transport.Handles.Rendezvous;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Setup;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Handles.Rendezvous;

/// <summary>Whatever stands where a name should: nobody is misled by it, and nothing stays open.</summary>
[Collection(nameof(Alone))]
public sealed class HostileNameTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Cases = 20_000;
    private readonly Folder _folder = new();
    private Station? _station;

    private Station Station => _station ??= new Station(_folder["run"]);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_station is not null) await _station.DisposeAsync();
        _folder.Dispose();
    }

    [LinuxFact]
    public async Task A_link_is_not_followed()
    {
        var elsewhere = _folder["elsewhere"];
        File.CreateSymbolicLink(Station.FileOf("login"), elsewhere);
        await IsRefusedAsync();
        Assert.False(File.Exists(elsewhere));
        File.WriteAllBytes(elsewhere, new NameRecord("/x", 7, "login").Write());
        await IsRefusedAsync();
        Assert.NotEmpty(await File.ReadAllBytesAsync(elsewhere));
    }

    [LinuxFact]
    public async Task A_directory_is_no_name()
    {
        Directory.CreateDirectory(Station.FileOf("login"));
        await IsRefusedAsync();
        Assert.True(Directory.Exists(Station.FileOf("login")));
    }

    [LinuxFact]
    public async Task A_pipe_is_no_name_and_is_not_waited_for()
    {
        _folder.MakePipe(Path.GetRelativePath(_folder.Root, Station.FileOf("login")));
        await Task.Run(IsRefusedAsync).WaitAsync(Loopback.Bound);
    }

    [LinuxFact]
    public async Task A_socket_is_no_name()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["s"]));
        File.Move(_folder["s"], Station.FileOf("login"));
        await IsRefusedAsync();
    }

    [LinuxFact(needsRoot: true)]
    public async Task A_file_of_another_user_is_no_name()
    {
        Station.LeaveDead("login");
        _folder.GiveAway(Path.GetRelativePath(_folder.Root, Station.FileOf("login")));
        await IsRefusedAsync();
    }

    [LinuxFact(needsRoot: true)]
    public async Task The_names_are_not_looked_for_in_a_directory_of_another_user()
    {
        var path = Station.Names.Path;
        await Station.DisposeAsync();
        _folder.GiveAway("run/names");
        var (directory, _) = RuntimeDirectory.Open(_folder["run"]);
        using (directory)
        {
            var (names, result) = NameFiles.Open(directory!, new());
            Assert.Null(names);
            Assert.Equal(ResultCode.EESECURITY, result.Code);
            Assert.Contains(path, result.Reason, StringComparison.Ordinal);
        }
    }

    [LinuxFact]
    public void The_names_are_not_looked_for_behind_a_link()
    {
        var (directory, _) = RuntimeDirectory.Open(_folder["other"]);
        using (directory)
        {
            File.CreateSymbolicLink(_folder["other/names"], Station.Names.Path);
            Assert.Equal(ResultCode.EESECURITY, NameFiles.Open(directory!, new()).Result.Code);
        }
    }

    // An empty file is one whose giver has not written yet, or died before it did.
    [LinuxFact]
    public async Task What_is_no_record_is_nothing_that_is_given_and_a_giver_takes_its_place()
    {
        byte[][] contents =
        [
            [],
            "garbage"u8.ToArray(),
            [.. new NameRecord("/x", 7, "login").Write(), 0],
            new NameRecord("/x", 7, "login").Write()[..^1].ToArray(),
            new NameRecord("relative", 7, "login").Write().ToArray(),
            new NameRecord("@abstract", 7, "login").Write().ToArray(),
            new NameRecord("/a\0b", 7, "login").Write().ToArray(),
            new NameRecord("", 7, "login").Write().ToArray(),
            new NameRecord("/x", 0, "login").Write().ToArray(),
            new NameRecord("/x", -1, "login").Write().ToArray(),
            new byte[1024 * 1024],
        ];
        foreach (var content in contents)
        {
            await File.WriteAllBytesAsync(Station.FileOf("login"), content);
            Assert.Null(Station.Names.Find("login"));
            Assert.Equal(
                ResultCode.EENAMENOTFOUND, (await Station.Getter.GetAsync("login", null, default)).Result.Code);
            using var held = await Station.GivenAsync("login");
        }
    }

    [Fact]
    public void Random_and_mutated_bytes_are_a_record_or_none()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var whole = new NameRecord("/run/user/1000/handoff/gateway.sock", 4711, "login").Write().ToArray();
        Assert.NotNull(NameRecord.Read(whole));
        var records = 0;
        for (var i = 0; i < Cases; i++)
        {
            var bytes = whole[..random.Next(whole.Length + 1)];
            if (random.Next(3) == 0) bytes = [.. whole, .. bytes];
            for (var flips = random.Next(3); flips > 0 && bytes.Length > 0; flips--)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            if (NameRecord.Read(bytes) is not { } record) continue;
            records++;
            Assert.Equal(bytes, record.Write().ToArray());
        }

        Assert.InRange(records, 1, Cases / 2);
    }

    [LinuxFact]
    public async Task No_descriptor_stays_open_of_names_that_were_given_looked_for_and_listed()
    {
        await GoRoundAsync();
        var before = OpenFiles();
        for (var i = 0; i < 100; i++) await GoRoundAsync();
        Assert.Equal(before, OpenFiles());
    }

    private async Task GoRoundAsync()
    {
        Station.LeaveDead("dead");
        using var held = await Station.GivenAsync("login");
        Assert.Equal(ResultCode.EENAMEINUSE, (await Station.TryGiveAsync("login")).Code);
        using var found = Station.Names.Find("login");
        Assert.Single(Station.Names.List());
        Assert.Equal(ResultCode.EENAMENOTFOUND, (await Station.Getter.GetAsync("dead", null, default)).Result.Code);
    }

    private int OpenFiles() => Directory.GetFiles("/proc/self/fd").Count(file =>
        new FileInfo(file).LinkTarget?.StartsWith(_folder.Root, StringComparison.Ordinal) == true);

    private async Task IsRefusedAsync()
    {
        var result = await Station.TryGiveAsync("login");
        Assert.Equal(ResultCode.EESECURITY, result.Code);
        Assert.Contains(Station.FileOf("login"), result.Reason, StringComparison.Ordinal);
        Assert.Null(Station.Names.Find("login"));
        Assert.Empty(Station.Names.List());
        using var held = await Station.GivenAsync("mail");
        Assert.Single(Station.Names.List());
    }
}
