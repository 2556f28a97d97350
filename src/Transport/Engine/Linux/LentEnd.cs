namespace Handoff.Transport.Engine.Linux;

// What is asked of a socket while another process is offered it. It waits until it is known whose the socket is: it is
// carried out if it stays, and is nothing to whoever got it.
internal sealed class LentEnd
{
    private int _asked;

    public enum Asked
    {
        Nothing,
        Finish,
        Reset,
        Over,
    }

    // False once the lending is over: then it is to be done at once.
    public bool TryPostpone(Asked what)
    {
        while (true)
        {
            var asked = Volatile.Read(ref _asked);
            if (asked == (int)Asked.Over) return false;
            if (asked >= (int)what || Interlocked.CompareExchange(ref _asked, (int)what, asked) == asked) return true;
        }
    }

    public Asked End() => (Asked)Interlocked.Exchange(ref _asked, (int)Asked.Over);
}
