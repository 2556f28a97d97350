using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Tests.Handles.Passing;

public sealed unsafe class SealedMemoryTests
{
    private const int Bound = 4 * 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public void What_was_sealed_is_read_as_it_was(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        using var file = SealedMemory.Create(bytes).Socket!;
        var (read, result) = SealedMemory.Read(file, length, Bound);
        Assert.True(result.IsSuccess);
        Assert.Equal(bytes, read);
    }

    [Fact]
    public void Nobody_can_change_it_any_more()
    {
        using var file = SealedMemory.Create("sealed"u8).Socket!;
        var other = (byte)'x';
        Assert.Equal(-1, SystemCalls.Write(file.Number, &other, 1));
        Assert.Equal(-1, SystemCalls.Control(file.Number, Native.AddSeals, 0));
    }

    [Fact]
    public void A_file_that_lacks_a_seal_is_refused_before_it_is_read()
    {
        int[] all = [Native.SealedForGood, Native.SealedGrowing, Native.SealedShrinking, Native.SealedWriting];
        foreach (var without in all)
        {
            using var file = Unsealed();
            var seals = all.Where(seal => seal != without).Sum();
            Assert.Equal(0, SystemCalls.Control(file.Number, Native.AddSeals, seals));
            Assert.Equal(ResultCode.EESECURITY, SealedMemory.Read(file, 1, Bound).Result.Code);
        }

        using var counter = OpenDescriptors.Event(1);
        Assert.Equal(ResultCode.EESECURITY, SealedMemory.Read(counter, 1, Bound).Result.Code);
    }

    [Theory]
    [InlineData(5, Bound, ResultCode.EEBADDATA)]
    [InlineData(7, Bound, ResultCode.EEBADDATA)]
    [InlineData(6, 5, ResultCode.EEMSGSIZE)]
    [InlineData(int.MaxValue, Bound, ResultCode.EEMSGSIZE)]
    public void A_length_that_is_not_as_it_was_announced_or_over_the_bound_is_refused(
        int length, int bound, ResultCode code)
    {
        using var file = SealedMemory.Create("sealed"u8).Socket!;
        Assert.Equal(code, SealedMemory.Read(file, length, bound).Result.Code);
    }

    private static SocketDescriptor Unsealed()
    {
        var number = SystemCalls.CreateMemoryFile("test", Native.MemoryCloseOnExec | Native.MemoryAllowSealing);
        var file = new SocketDescriptor(number);
        var one = (byte)1;
        Assert.Equal(1, SystemCalls.Write(number, &one, 1));
        return file;
    }
}
