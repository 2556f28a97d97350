using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Systemd;

namespace Handoff.Processes;

// What this process was started with and nobody has taken yet. The environment is read once, by whoever asks first;
// it may be asked from several threads.
internal sealed class Inherited(SocketCounts ids)
{
    private readonly Lock _gate = new();
    private readonly List<Passed> _passed = [];
    private SocketResult? _result;

    // They stay.
    public (IReadOnlyList<Passed> Passed, SocketResult Result) Look(Predicate<Passed> which)
    {
        lock (_gate)
        {
            Read();
            return (_passed.FindAll(which), _result!);
        }
    }

    // They are the caller's.
    public (IReadOnlyList<Passed> Passed, SocketResult Result) Take(Predicate<Passed> which)
    {
        lock (_gate)
        {
            var looked = Look(which);
            _passed.RemoveAll(which);
            return looked;
        }
    }

    private void Read()
    {
        if (_result is not null) return;
        var (sockets, result) = LinuxEngine.IsSupported ? ListenDescriptors.Take() : ([], SocketResult.Success);
        _result = result;
        _passed.AddRange(sockets.Select(socket => Passed.Of(socket, ids.Next())));
    }
}
