namespace Handoff.Transport.Engine;

/// <summary>
/// A socket, or the code that says why there is none. The default value is "no result yet".
/// </summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Socket">The socket, owned by the caller; null unless the code is success.</param>
/// <param name="Code">The result code.</param>
public readonly record struct SocketOr<T>(T? Socket, ResultCode Code)
    where T : class
{
    /// <summary>A socket.</summary>
    /// <param name="socket">The socket; whoever receives the result owns it.</param>
    public static implicit operator SocketOr<T>(T socket) => new(socket, ResultCode.EESUCCESS);

    /// <summary>No socket.</summary>
    /// <param name="code">Why.</param>
    public static implicit operator SocketOr<T>(ResultCode code) => new(null, code);
}
