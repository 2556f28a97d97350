using System.Net.Sockets;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Handles.Rendezvous;
using Handoff.Transport.Tests.Engine.Linux;

namespace Handoff.Transport.Tests.Handles.Rendezvous;

/// <summary>What one process has of a runtime directory; several stand in for as many processes.</summary>
internal sealed class Station : IAsyncDisposable
{
    private readonly RuntimeDirectory _directory;
    private readonly LinuxEngine _engine = new(new LinuxEngineOptions { Loops = 1 });
    private readonly List<ControlListener> _listeners = [];

    public Station(string path, RendezvousOptions? options = null, PeerRule? rule = null, string? own = null)
    {
        var (directory, result) = RuntimeDirectory.Open(path);
        Assert.True(result.IsSuccess, result.ToString());
        _directory = directory!;
        var (names, opened) = NameFiles.Open(_directory, options ?? new());
        Assert.True(opened.IsSuccess, opened.ToString());
        Names = names!;
        Options = options ?? new();
        Getter = new NameGetter(_engine, Names, Options, rule ?? PeerRule.SameUser)
        {
            Own = own is null ? null : Address(own).ToString(),
        };
    }

    public RendezvousOptions Options { get; }

    public NameFiles Names { get; }

    public NameGetter Getter { get; }

    public UnixDomainSocketEndPoint Address(string name) => _directory.ControlPath(name).EndPoint!;

    public ControlListener Listen(string name)
    {
        var (listener, result) = ControlListener.Listen(_engine, Address(name), Options, PeerRule.SameUser);
        Assert.True(result.IsSuccess, result.ToString());
        _listeners.Add(listener!);
        return listener!;
    }

    public async Task<SocketResult> TryGiveAsync(string name, string control = "giver", bool isListed = true) =>
        (await GiveAsync(name, control, isListed)).Result;

    public async Task<HeldName> GivenAsync(string name, string control = "giver", bool isListed = true)
    {
        var (held, result) = await GiveAsync(name, control, isListed);
        Assert.True(result.IsSuccess, result.ToString());
        return held!;
    }

    public string FileOf(string name) => Path.Combine(Names.Path, NameRecord.KeyOf(name));

    // What a process leaves that died while it gave the name.
    public void LeaveDead(string name, string control = "giver") => File.WriteAllBytes(
        FileOf(name), new NameRecord(_directory.ControlPath(control).EndPoint!.ToString(), 1, name).Write());

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners) await listener.DisposeAsync();
        Getter.Dispose();
        Names.Dispose();
        _directory.Dispose();
        await _engine.DisposeAsync();
    }

    private async Task<(HeldName? Held, SocketResult Result)> GiveAsync(string name, string control, bool isListed) =>
        await Names.GiveAsync(name, Address(control), isListed, default).AsTask().WaitAsync(Loopback.Bound);
}
