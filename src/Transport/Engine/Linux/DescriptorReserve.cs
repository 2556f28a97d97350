namespace Handoff.Transport.Engine.Linux;

// The last descriptors of the process. Accepting and connecting leave them to others: the .NET runtime ends a process
// in which it finds none. The kernel gives out the lowest free number (open(2)), so one at the bound or above tells
// that nothing but the reserve is left. What an accept took of it before that was known is counted until it is closed,
// and while the count is above zero each accept asks first: so filling up again and again does not use the reserve up.
internal sealed class DescriptorReserve
{
    private readonly int _bound;
    private int _taken;

    // Next: the lowest free number. The runtime may have most of a small limit for itself (two for each assembly that
    // it loads); of what it left, half is for connections.
    public DescriptorReserve(int wanted, int limit, int next) =>
        _bound = limit - Math.Min(wanted, Math.Max(0, limit - next) / 2);

    // Held from the question to the accept.
    public Lock Gate { get; } = new();

    public bool IsTouched => Volatile.Read(ref _taken) != 0;

    // The soft limit of the process (getrlimit(2)) as it is now.
    public static unsafe int Limit()
    {
        // rlim_t is a machine word with glibc, and 64 bits with musl everywhere.
        var limits = stackalloc nuint[4];
        var isKnown = SystemCalls.GetLimit(Native.OpenFiles, limits) == 0;
        return isKnown ? (int)Math.Min(limits[0], int.MaxValue) : int.MaxValue;
    }

    // The number that the next descriptor will have; none is left when it is the largest there is.
    public static int Next()
    {
        var number = SystemCalls.CreateEvent(0, Native.CloseOnExec);
        if (number < 0) return int.MaxValue;
        _ = SystemCalls.Close(number);
        return number;
    }

    public bool Has(int number) => number >= _bound;

    public void Take(int number)
    {
        if (Has(number)) Interlocked.Increment(ref _taken);
    }

    public void GiveBack(int number)
    {
        if (Has(number)) Interlocked.Decrement(ref _taken);
    }

    // How many numbers below the reserve are free, as far as it matters. The kernel gives out the lowest: so it looks
    // from there on, and in a table that is nearly full not for ever.
    public int Free(int most)
    {
        const int MostLooked = 4096, Block = 256;
        var free = 0;
        long next = Next();
        for (var looked = 0; looked < MostLooked && free < most && next + looked < _bound; looked += Block)
            free += FreeAmong((int)next + looked, (int)Math.Min(Block, _bound - next - looked));
        return Math.Min(free, most);
    }

    // poll(2) says of many numbers at once which are not open; of more than the soft limit it says nothing.
    private static unsafe int FreeAmong(int first, int count)
    {
        var entries = stackalloc PollEntry[count];
        for (var i = 0; i < count; i++) entries[i] = new PollEntry { Descriptor = first + i };
        var isTold = SystemCalls.Poll(entries, (nuint)count, 0) >= 0;
        var free = 0;
        for (var i = 0; i < count; i++)
        {
            var isFree = isTold
                ? (entries[i].Returned & Native.NotOpen) != 0
                : SystemCalls.Control(first + i, Native.GetDescriptorFlags, 0) < 0;
            if (isFree) free++;
        }

        return free;
    }

    // Whether the next descriptor would be one of the reserve, or there is none at all.
    public bool IsNext() => Has(Next());
}
