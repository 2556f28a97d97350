namespace Akka.Streams;

public class BufferOverflowException : Exception
{
    public BufferOverflowException(string message)
        : base(message)
    {
    }

    public BufferOverflowException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
