namespace Handoff.Messages;

/// <summary>A command of a socket's owner. It is told to <c>Handle.Socket</c>.</summary>
public interface ISocketCommand
{
    /// <summary>The owner's authority.</summary>
    SocketHandle Handle { get; }
}
