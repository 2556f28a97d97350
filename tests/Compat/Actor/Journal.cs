using System.Threading.Channels;

namespace Handoff.Compat.Tests.Actors;

// What actors report, in the order in which it came.
public sealed class Journal
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<object> _entries = Channel.CreateUnbounded<object>();

    public void Add(object entry) => _entries.Writer.TryWrite(entry);

    public async Task<object> Next() => await _entries.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public async Task<T> Next<T>() => Assert.IsAssignableFrom<T>(await Next());

    public async Task Expect(params object[] entries)
    {
        var arrived = new List<object>();
        foreach (var _ in entries)
            arrived.Add(await Next());
        Assert.Equal(entries, arrived);
    }

    public void ExpectNothing() => Assert.False(_entries.Reader.TryPeek(out var entry), $"unexpected: {entry}");
}
