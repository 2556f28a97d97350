using Handoff.Transport.Children;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Children;

public sealed class StartRateTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);
    private readonly ManualTime _time = new();
    private readonly StartRate _rate;

    public StartRateTests() => _rate = new StartRate(2, Window, Pause, _time);

    [Fact]
    public void After_too_many_starts_in_the_window_there_are_none_for_the_pause()
    {
        Assert.Null(_rate.TryStart());
        Assert.Null(_rate.TryStart());
        Assert.Equal(ResultCode.EEQUOTA, _rate.TryStart()!.Code);
        _time.Advance(Pause - TimeSpan.FromTicks(1));
        Assert.Equal(ResultCode.EEQUOTA, _rate.TryStart()!.Code);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_rate.TryStart());
        Assert.Null(_rate.TryStart());
        Assert.Equal(ResultCode.EEQUOTA, _rate.TryStart()!.Code);
    }

    [Fact]
    public void Starts_that_are_further_apart_than_the_window_never_are_too_many()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(_rate.TryStart());
            _time.Advance(Window / 2);
        }
    }
}
