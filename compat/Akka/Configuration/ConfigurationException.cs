using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Configuration;

public class ConfigurationException : AkkaException
{
    public ConfigurationException(string message) : base(message)
    {
    }

    public ConfigurationException(string message, Exception exception) : base(message, exception)
    {
    }

#pragma warning disable SYSLIB0051 // Akka's own signature
    protected ConfigurationException(SerializationInfo info, StreamingContext context) : base(info, context)
    {
    }
#pragma warning restore SYSLIB0051

    public static ConfigurationException NullOrEmptyConfig<T>(string path = null) =>
        new(string.IsNullOrWhiteSpace(path)
            ? $"{typeof(T).Name} cannot be made: its configuration is null or empty"
            : $"{typeof(T).Name} cannot be made: the configuration has no `{path}`");
}
