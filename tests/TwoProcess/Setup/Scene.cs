using System.Globalization;
using Handoff.TwoProcess.Tests.Host;

namespace Handoff.TwoProcess.Tests.Setup;

/// <summary>A giver and a taker as processes, and connections whose other ends the test has.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly string _folder;
    private readonly Client[] _clients;

    private Scene(string folder, Child giver, Child taker, Client[] clients)
    {
        _folder = folder;
        Giver = giver;
        Taker = taker;
        _clients = clients;
    }

    public Child Giver { get; }

    public Child Taker { get; }

    public static Task<Scene> BeginAsync(
        string? giverFault = null, string? takerFault = null, int? giverSeconds = null, int? takerSeconds = null) =>
        BeginAsync(
            1,
            folder => new Child(
                "giver", folder,
                (HostSettings.FaultVariable, giverFault), (HostSettings.TransferVariable, giverSeconds)),
            folder => new Child(
                "taker", folder,
                (HostSettings.FaultVariable, takerFault), (HostSettings.TransferVariable, takerSeconds)));

    // Sides whose processes belong to these users.
    public static Task<Scene> OfUsersAsync(int? giver, int? taker, bool giverTakesAnybody, bool takerTakesAnybody) =>
        BeginAsync(
            1,
            folder => new Child(
                "giver", folder,
                (HostSettings.UserVariable, giver), (HostSettings.AnybodyVariable, giverTakesAnybody ? 1 : 0)),
            folder => new Child(
                "taker", folder,
                (HostSettings.UserVariable, taker), (HostSettings.AnybodyVariable, takerTakesAnybody ? 1 : 0)));

    // One that gives under a name, and one that waits for it.
    public static Task<Scene> ByNameAsync() =>
        BeginAsync(1, folder => new Child("named-giver", folder), folder => new Child("named-getter", folder));

    // One that gives, takes back and gives again, and one that gives back; at last, if it has such settings, the far
    // one refuses an offer.
    public static Task<Scene> ToAndFroAsync(
        int connections, int rounds, params IReadOnlyList<(string Variable, object? Value)> refusing)
    {
        (string, object?)[] both =
            [(HostSettings.ConnectionsVariable, connections), (HostSettings.RoundsVariable, rounds)];
        return BeginAsync(
            connections,
            folder => new Child(
                "near", folder, [.. both, (HostSettings.LastOfferVariable, refusing.Count > 0 ? 1 : 0)]),
            folder => new Child("far", folder, [.. both, .. refusing]));
    }

    private static async Task<Scene> BeginAsync(
        int connections, Func<string, Child> begin, Func<string, Child> beginOther)
    {
        var folder = Directory.CreateTempSubdirectory("handoff-").FullName;
        OpenToEverybody(folder);
        var taker = beginOther(folder);
        await taker.SaysAsync("ready");
        var control = Path.Combine(folder, HostSettings.ControlFile);
        if (File.Exists(control)) OpenToEverybody(control);
        var giver = begin(folder);
        var port = int.Parse(await giver.SaysAsync("port"), CultureInfo.InvariantCulture);
        var clients = new Client[connections];
        for (var i = 0; i < connections; i++)
            clients[i] = await Client.ConnectAsync(port, HostSettings.DialogueOf(i, connections));
        return new Scene(folder, giver, taker, clients);
    }

    // Each connection is served to its end, byte for byte, by one after the other.
    public async Task ServedByAsync(Child last)
    {
        var came = await Task.WhenAll(_clients.Select(client => client.ReadAllAsync()));
        Assert.All(await Task.WhenAll(_clients.Select(client => client.SentAsync())), Assert.True);
        Assert.Equal("EESUCCESS", await last.SaysAsync("served"));
        for (var i = 0; i < _clients.Length; i++)
        {
            Assert.Equal(DialogueOf(i).Outbound.All(), came[i]);
            Assert.Equal(DialogueOf(i).Inbound.All(), Consumed(i));
        }
    }

    // Nobody has it: it ended early, and what came of it is right as far as it goes.
    public async Task LostAsync()
    {
        var (inbound, outbound) = (DialogueOf(0).Inbound.All(), DialogueOf(0).Outbound.All());
        var came = await _clients[0].ReadAllAsync();
        Assert.True(came.Length < outbound.Length, "all of it came");
        Assert.Equal(outbound[..came.Length], came);
        var consumed = Consumed(0);
        Assert.Equal(inbound[..consumed.Length], consumed);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        await Giver.DisposeAsync();
        await Taker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // One of the processes may be another user's.
    private static void OpenToEverybody(string path)
    {
        if (OperatingSystem.IsLinux()) File.SetUnixFileMode(path, Everybody);
    }

    private Dialogue DialogueOf(int connection) => HostSettings.DialogueOf(connection, _clients.Length);

    private byte[] Consumed(int connection)
    {
        var file = Path.Combine(_folder, HostSettings.ConsumedFile(connection));
        return File.Exists(file) ? File.ReadAllBytes(file) : [];
    }
}
