using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Handles.Passing;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Handles.Driving;

/// <summary>A giver's and a taker's channel in one process, over a real control socket.</summary>
internal sealed class TwoSides : IAsyncDisposable
{
    private readonly LinuxEngine _engine = new(new LinuxEngineOptions { Loops = 1 });

    public TwoSides(HandleOptions? giver = null, HandleOptions? taker = null, PeerRule? hears = null)
    {
        var (near, far) = Records.Pair();
        Giver = Channel(near, giver ?? new HandleOptions(), PeerRule.SameUser);
        Taker = Channel(far, taker ?? new HandleOptions(), hears ?? PeerRule.SameUser);
    }

    public FrameChannel Giver { get; }

    public FrameChannel Taker { get; }

    // What became of it on either side, and both at the same time.
    public async Task<(MoveResult Given, Taken Taken)> MoveAsync(
        IConsignment goods, IRecipient recipient, CancellationToken revoke = default)
    {
        var giving = Handoff.Transport.Handles.Driving.Giver.GiveAsync(Giver, id: 5, goods, revoke).AsTask();
        var taking = TakeAsync(recipient);
        await Task.WhenAll(giving, taking).WaitAsync(Loopback.Bound, CancellationToken.None);
        return (await giving, await taking);
    }

    public async Task<Taken> TakeAsync(IRecipient recipient)
    {
        var (offer, result) = await Handoff.Transport.Handles.Driving.Taker.NextOfferAsync(
            Taker, Loopback.Bound, default);
        Assert.True(result.IsSuccess, result.ToString());
        return await Handoff.Transport.Handles.Driving.Taker.TakeAsync(Taker, offer!, recipient);
    }

    // Time passes until it is over; the side may arm its timers at any moment.
    public static async Task PassAsync(ManualTime time, Task over)
    {
        using var late = new CancellationTokenSource(Loopback.Bound);
        while (!over.IsCompleted)
        {
            late.Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Giver.Dispose();
        Taker.Dispose();
        await _engine.DisposeAsync();
    }

    private FrameChannel Channel(SocketDescriptor end, HandleOptions options, PeerRule rule) =>
        new(ControlSocket.Adopt(_engine, end, options, rule).Socket!, options);
}
