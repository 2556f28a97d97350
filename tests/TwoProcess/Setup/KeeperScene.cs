using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Handoff.TwoProcess.Tests.Host;

namespace Handoff.TwoProcess.Tests.Setup;

/// <summary>A keeper and a depositor as processes, and the other ends of the connections that they have.</summary>
internal sealed class KeeperScene : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);
    private readonly string _folder;
    private readonly int _port;
    private readonly Socket[] _clients;
    private readonly List<Child> _others = [];

    private KeeperScene(string folder, Child keeper, Child? heir, Child depositor, int port, Socket[] clients)
    {
        _folder = folder;
        Keeper = keeper;
        Heir = heir;
        Depositor = depositor;
        _port = port;
        _clients = clients;
    }

    public Child Keeper { get; }

    public Child Depositor { get; }

    public Child? Heir { get; }

    // With an heir the last connection is given to it.
    public static async Task<KeeperScene> BeginAsync(
        string? keeperFault = null,
        string? depositorFault = null,
        bool hasHeir = false,
        string? heirFault = null,
        int? holdSeconds = null)
    {
        var folder = Directory.CreateTempSubdirectory("handoff-").FullName;
        var keeper = new Child(
            "keeper", folder, (HostSettings.FaultVariable, keeperFault), (HostSettings.HoldVariable, holdSeconds));
        var heir = hasHeir ? new Child("heir", folder, (HostSettings.FaultVariable, heirFault)) : null;
        await keeper.SaysAsync("ready");
        if (heir is not null) await heir.SaysAsync("ready");
        var depositor = new Child("depositor", folder, (HostSettings.FaultVariable, depositorFault));
        var port = int.Parse(await depositor.SaysAsync("port"), CultureInfo.InvariantCulture);
        var clients = new Socket[HostSettings.Deposits];
        for (var i = 0; i < clients.Length; i++) clients[i] = await ConnectAsync(port);
        return new KeeperScene(folder, keeper, heir, depositor, port, clients);
    }

    public Child Adopter(string? fault = null, string? name = null)
    {
        var adopter = new Child(
            "adopter", _folder, (HostSettings.FaultVariable, fault), (HostSettings.NameVariable, name));
        _others.Add(adopter);
        return adopter;
    }

    // The depositor, at a moment when it does nothing.
    public async Task KillDepositorAsync()
    {
        Fault.Send(Depositor.Id, Fault.KillSignal);
        Assert.Equal(128 + Fault.KillSignal, await Depositor.ExitAsync());
    }

    // Everything, or all but the last connection, is with one that lives: it answers, and the listener accepts.
    public async Task AnswersAsync(bool hasLast = true)
    {
        foreach (var client in hasLast ? _clients : _clients[..^1]) await AnswersAsync(client);
        using var newer = await ConnectAsync(_port);
        await AnswersAsync(newer);
    }

    public Task LastAnswersAsync() => AnswersAsync(_clients[^1]);

    public Task LastEndedAsync() => EndedAsync(_clients[^1]);

    public async Task AllEndedAsync()
    {
        foreach (var client in _clients) await EndedAsync(client);
    }

    // Nobody listens where the depositor did.
    public async Task IsDeafAsync()
    {
        var refused = await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(_port));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    // Of the keeper: what it has of deposits.
    public int Tokens() => Directory.GetFiles($"/proc/{Keeper.Id}/fd").Count(
        file => new FileInfo(file).LinkTarget == "anon_inode:[eventfd]");

    // It closes what it has given a moment after whoever has it says so.
    public async Task HasTokensAsync(int count)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var left = Bound; Tokens() != count; left -= pace.Period)
        {
            Assert.True(left > TimeSpan.Zero, $"it has {Tokens()} tokens, and not {count}");
            await pace.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        foreach (var other in _others) await other.DisposeAsync();
        if (Heir is not null) await Heir.DisposeAsync();
        await Depositor.DisposeAsync();
        await Keeper.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    private static async Task AnswersAsync(Socket client)
    {
        byte[] said = [(byte)Random.Shared.Next(256)];
        var heard = new byte[2];
        await client.SendAsync(said);
        Assert.Equal(1, await client.ReceiveAsync(heard).WaitAsync(Bound));
        Assert.Equal(said[0], heard[0]);
    }

    private static async Task EndedAsync(Socket client)
    {
        try
        {
            Assert.Equal(0, await client.ReceiveAsync(new byte[1]).WaitAsync(Bound));
        }
        catch (SocketException reset)
        {
            Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        }
    }
}
