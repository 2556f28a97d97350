using System.Threading.Channels;
using Handoff.Compat.Tests.Actors;

namespace Handoff.Compat.Tests.Streams;

public sealed class Signals
{
    private readonly Channel<Signal> _seen = Channel.CreateUnbounded<Signal>();

    public void Add(Signal signal) => Assert.True(_seen.Writer.TryWrite(signal));

    public Task<Signal> Next() => _seen.Reader.ReadAsync().AsTask().WaitAsync(Journal.Patience);

    public async Task<TSignal> Expect<TSignal>()
        where TSignal : Signal => Assert.IsType<TSignal>(await Next());

    // Whatever was to come has come: the stage answers in turn.
    public void ExpectNone() => Assert.False(_seen.Reader.TryPeek(out _));
}
