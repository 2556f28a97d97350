using System.Net.Sockets;
using Handoff.Transport;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Rendezvous;

namespace Handoff.TwoProcess.Tests.Host;

// What a process has of the directory of names.
internal sealed class NamePlace : IDisposable
{
    public const string Name = "login";
    private readonly RuntimeDirectory _directory;

    public NamePlace(string path, HandleOptions handles)
    {
        Options = new RendezvousOptions { Handles = handles };
        _directory = Opened(RuntimeDirectory.Open(path));
        Names = Opened(NameFiles.Open(_directory, Options));
    }

    public RendezvousOptions Options { get; }

    public NameFiles Names { get; }

    public UnixDomainSocketEndPoint Control => _directory.ControlPath("giver").EndPoint!;

    public async Task<(HeldName? Held, SocketResult Result)> GiveAsync() =>
        await Names.GiveAsync(Name, Control, isListed: true, default);

    public void Dispose()
    {
        Names.Dispose();
        _directory.Dispose();
    }

    private static T Opened<T>((T? Value, SocketResult Result) opened)
        where T : class =>
        opened.Value ?? throw new InvalidOperationException(opened.Result.ToString());
}
