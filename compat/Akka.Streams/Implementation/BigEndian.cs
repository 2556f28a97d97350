using System.Buffers.Binary;
using Akka.IO;

namespace Akka.Streams.Implementation;

internal static class BigEndian
{
    public static ByteString Bytes(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return ByteString.FromBytes(bytes);
    }
}
