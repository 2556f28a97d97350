using System.Globalization;
using Handoff.TwoProcess.Tests.Host;

namespace Handoff.TwoProcess.Tests.Setup;

/// <summary>A giver and a taker as processes, and a connection whose other end the test has.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly string _folder;

    private Scene(string folder, Child giver, Child taker, Client client)
    {
        _folder = folder;
        Giver = giver;
        Taker = taker;
        Client = client;
    }

    public Child Giver { get; }

    public Child Taker { get; }

    public Client Client { get; }

    public static Task<Scene> BeginAsync(
        string? giverFault = null, string? takerFault = null, int? giverSeconds = null, int? takerSeconds = null) =>
        BeginAsync(
            folder => new Child("giver", folder, giverFault, giverSeconds),
            folder => new Child("taker", folder, takerFault, takerSeconds));

    // One that gives, takes back and gives again, and one that gives back.
    public static Task<Scene> ToAndFroAsync() =>
        BeginAsync(folder => new Child("near", folder), folder => new Child("far", folder));

    private static async Task<Scene> BeginAsync(Func<string, Child> begin, Func<string, Child> beginOther)
    {
        var folder = Directory.CreateTempSubdirectory("handoff-").FullName;
        var taker = beginOther(folder);
        await taker.SaysAsync("ready");
        var giver = begin(folder);
        var port = int.Parse(await giver.SaysAsync("port"), CultureInfo.InvariantCulture);
        return new Scene(folder, giver, taker, await Client.ConnectAsync(port));
    }

    // The connection is served to its end, byte for byte, by one after the other.
    public async Task ServedByAsync(Child last)
    {
        Assert.Equal(Flow.Outbound.All(), await Client.ReadAllAsync());
        Assert.True(await Client.SentAsync());
        Assert.Equal("EESUCCESS", await last.SaysAsync("served"));
        Assert.Equal(Flow.Inbound.All(), Consumed());
    }

    // Nobody has it: it ended early, and what came of it is right as far as it goes.
    public async Task LostAsync()
    {
        var came = await Client.ReadAllAsync();
        Assert.True(came.Length < Flow.Outbound.Length, "all of it came");
        Assert.Equal(Flow.Outbound.All()[..came.Length], came);
        var consumed = Consumed();
        Assert.Equal(Flow.Inbound.All()[..consumed.Length], consumed);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Giver.DisposeAsync();
        await Taker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private byte[] Consumed()
    {
        var file = Path.Combine(_folder, "consumed");
        return File.Exists(file) ? File.ReadAllBytes(file) : [];
    }
}
