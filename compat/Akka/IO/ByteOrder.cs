namespace Akka.IO;

public enum ByteOrder
{
    BigEndian,
    LittleEndian,
}
