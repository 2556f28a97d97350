using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Tests.Handles.Passing;

public sealed class TakeOnceTokenTests
{
    [Fact]
    public async Task Of_many_that_try_at_once_exactly_one_takes_it()
    {
        for (var round = 0; round < 200; round++)
        {
            using var token = TakeOnceToken.Create(out _)!;
            using var barrier = new Barrier(4);
            var takers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    barrier.SignalAndWait();
                    return token.Take();
                },
                TaskCreationOptions.LongRunning));
            var codes = await Task.WhenAll(takers);
            Assert.Equal(1, codes.Count(code => code is ResultCode.EESUCCESS));
            Assert.Equal(3, codes.Count(code => code is ResultCode.EEWOULDBLOCK));
        }
    }

    // A peer that has a copy may add to it: whoever reads it then has it all the same, and nobody after.
    [Fact]
    public void One_that_was_added_to_is_taken_once()
    {
        using var token = new TakeOnceToken(OpenDescriptors.Event(2));
        Assert.Equal((ResultCode.EESUCCESS, ResultCode.EEWOULDBLOCK), (token.Take(), token.Take()));
    }

    // A peer may send anything in its place, and may make it block after it was looked at.
    [Fact]
    public void What_is_no_token_is_told_and_never_waited_for()
    {
        using var blocking = new SocketDescriptor(SystemCalls.CreateEvent(0, Native.CloseOnExec));
        using var taken = new TakeOnceToken(blocking);
        Assert.Equal(ResultCode.EEWOULDBLOCK, taken.Take());
        using var file = new TakeOnceToken(SealedMemory.Create("no"u8).Socket!);
        Assert.Equal(ResultCode.EEBADDATA, file.Take());
        using var poll = new TakeOnceToken(new SocketDescriptor(SystemCalls.CreatePoll(Native.CloseOnExec)));
        Assert.Equal(ResultCode.EEBADDATA, poll.Take());
    }
}
