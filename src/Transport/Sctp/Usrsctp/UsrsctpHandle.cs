namespace Handoff.Transport.Sctp.Usrsctp;

// A struct socket, closed by the last call to leave it: no call ever meets one that is gone.
internal sealed class UsrsctpHandle(nint socket)
{
    private int _users = 1; // the owner

    public bool TryEnter(out nint entered)
    {
        entered = socket;
        while (true)
        {
            var users = Volatile.Read(ref _users);
            if (users == 0) return false;
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users) return true;
        }
    }

    // For each enter, and once by the owner.
    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0) UsrsctpCalls.Close(socket);
    }
}
