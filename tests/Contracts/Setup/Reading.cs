using System.Buffers;
using System.IO.Pipelines;
using Handoff.Transport;

namespace Handoff.Contracts.Tests.Setup;

internal static class Reading
{
    /// <summary>Exactly so many bytes; those that follow stay unread.</summary>
    public static async Task<byte[]> Take(this PipeReader reader, int count)
    {
        var result = await reader.ReadAtLeastAsync(count).Soon();
        Assert.True(result.Buffer.Length >= count, $"ended after {result.Buffer.Length} of {count} bytes");
        var taken = result.Buffer.Slice(0, count);
        var bytes = taken.ToArray();
        reader.AdvanceTo(taken.End);
        return bytes;
    }

    /// <summary>Everything up to the peer's FIN.</summary>
    public static async Task<byte[]> TakeAll(this PipeReader reader)
    {
        var all = new ArrayBufferWriter<byte>();
        while (true)
        {
            var result = await reader.ReadAsync().Soon();
            foreach (var memory in result.Buffer) all.Write(memory.Span);
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted) return all.WrittenSpan.ToArray();
        }
    }

    /// <summary>Everything up to a failure, and its code; no code where it ended well.</summary>
    public static async Task<(byte[] Bytes, ResultCode Code)> TakeAllUntilFailure(this PipeReader reader)
    {
        var all = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync().Soon();
                foreach (var memory in result.Buffer) all.Write(memory.Span);
                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted) return (all.WrittenSpan.ToArray(), ResultCode.None);
            }
        }
        catch (SocketFailedException failure)
        {
            return (all.WrittenSpan.ToArray(), failure.Code);
        }
    }

    public static async Task<ResultCode> CodeOf(Func<Task> call)
        => (await Assert.ThrowsAsync<SocketFailedException>(() => call().Soon())).Code;

    public static ResultCode CodeOf(Action call) => Assert.Throws<SocketFailedException>(call).Code;
}
