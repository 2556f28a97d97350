namespace Handoff.Transport.Engine.Linux;

// A socket whose descriptor another process may be given while this one still has it, and may go on with it.
internal interface IPassable
{
    // Ends the waits that are pending, and each later one until it goes on, with EEINTR.
    void Pause();

    // What another process is given. Until this one goes on or leaves it, no loop watches it, and whoever closes the
    // socket changes nothing of the connection. Paused, and with no call under way.
    SocketOr<SocketDescriptor> Lend();

    void GoOn();

    // A copy for somebody who keeps it while this one goes on; the caller's to close. From here on closing this socket
    // ends it for whoever has a copy. Any thread.
    SocketOr<SocketDescriptor> Share() => ResultCode.EEMODENOTSUPP;

    // It is another process's: closed here, and nothing is done to the connection.
    void Leave();
}
