using Handoff.Sockets;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class NoHistoryTests(ITestOutputHelper output) : SocketTestKit(output, "handoff.owner.history = 0")
{
    [Fact]
    public async Task With_a_bound_of_0_nothing_is_kept_but_since_when_the_owner_has_it()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Assert.Empty(StatusOf(owner, acquired.Handle.Socket).History);
        Time.Advance(TimeSpan.FromSeconds(1));
        Release(owner, acquired.Handle, target);
        Take(target);
        var status = StatusOf(CreateTestProbe(), acquired.Handle.Socket);
        Assert.Empty(status.History);
        Assert.Equal(Time.Now, status.Since);
    }

    // What every idle socket pays for its history, in bytes.
    [Fact]
    public void A_socket_whose_custody_never_changed_has_no_ring() =>
        Assert.Equal(16, System.Runtime.CompilerServices.Unsafe.SizeOf<Chronicle>());
}
