using System.Buffers;

namespace Handoff.Transport.Engine.Linux;

// Many pieces in one sendmsg(2).
internal static unsafe class Gather
{
    private const int MostPieces = 16;

    [ThreadStatic]
    private static MemoryHandle[]? pins;

    public static nint Send(int descriptor, in ReadOnlySequence<byte> bytes, out Errno error)
    {
        var held = pins ??= new MemoryHandle[MostPieces];
        var vectors = stackalloc IoVector[MostPieces];
        var count = 0;
        foreach (var piece in bytes)
        {
            if (count == MostPieces) break;
            if (piece.IsEmpty) continue;
            held[count] = piece.Pin();
            vectors[count] = new IoVector { Base = held[count].Pointer, Length = (nuint)piece.Length };
            count++;
        }

        var message = new MessageHeader { Vectors = vectors, VectorCount = (nuint)count };
        nint sent;
        do
        {
            sent = SystemCalls.SendMessage(descriptor, &message, Native.DontWait | Native.NoSignal);
            error = sent < 0 ? Errors.Now : Errno.None;
        }
        while (error is Errno.Interrupted);
        for (var i = 0; i < count; i++) held[i].Dispose();
        return sent;
    }
}
