using System.Runtime.Serialization;
namespace Akka.Actor;
public abstract class AkkaException : Exception
{
    protected AkkaException(string message) : base(message) { }
    protected AkkaException(string message, Exception cause) : base(message, cause) { }
#pragma warning disable SYSLIB0051
    protected AkkaException(SerializationInfo info, StreamingContext context) : base(info, context) { }
#pragma warning restore SYSLIB0051
}
