using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// A connection on its way from the thread that brings it to the actor that takes it in. Nothing else would close it:
// what is not taken by the end is aborted, and so is what comes after the end.
internal sealed class Landing
{
    private static readonly SocketResult NobodyIsLeft = new(ResultCode.EEABORTED, "nobody is left to take it in");

    private INewcomer? _connection;
    private volatile bool _closed;

    public void Put(INewcomer connection)
    {
        Interlocked.Exchange(ref _connection, connection);
        if (_closed) Take()?.Abort(NobodyIsLeft);
    }

    // Once: whoever gets it has it to close.
    public INewcomer? Take() => Interlocked.Exchange(ref _connection, null);

    public void Close()
    {
        _closed = true;
        Take()?.Abort(NobodyIsLeft);
    }
}
