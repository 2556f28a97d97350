namespace Handoff.Transport.Engine;

/// <summary>
/// The options of a socket. Any thread, any time; no call waits. Without more, as here, a socket has none: everything
/// is <see cref="ResultCode.EEMODENOTSUPP"/>. Source: <c>sosetopt(9)</c>, <c>sogetopt(9)</c>.
/// </summary>
public interface ISocketOptions
{
    /// <summary>Bytes that the value of an option by level and name may have.</summary>
    const int LargestRawOption = 256;

    private static SocketResult None => new(ResultCode.EEMODENOTSUPP, "this transport has no options");

    /// <summary>Sets an option.</summary>
    /// <param name="option">The option and its value.</param>
    /// <returns>
    /// Success; <see cref="ResultCode.EEBADF"/> (closed), <see cref="ResultCode.EEMODENOTSUPP"/> (this kind of socket,
    /// or this system, does not have it), <see cref="ResultCode.EEBADADDR"/> (a group of another family),
    /// <see cref="ResultCode.EESETSOCKOPT"/> (the system refused; the reason has its name for why).
    /// </returns>
    SocketResult SetOption(SocketOption option) => None;

    /// <summary>Reads an option; fails as setting one does.</summary>
    /// <param name="kind">Which option.</param>
    OptionResult GetOption(SocketOptionKind kind) => new(null, None);

    /// <summary>
    /// Sets an option by its numbers: setsockopt(2). The caller answers for what they mean on this system.
    /// </summary>
    /// <param name="level">The level, as the system numbers it.</param>
    /// <param name="name">The name, as the system numbers it.</param>
    /// <param name="value">The value as the system wants it; 1 to <see cref="LargestRawOption"/> bytes.</param>
    /// <returns>As <see cref="SetOption"/>; and <see cref="ResultCode.EEMSGSIZE"/> for more or fewer bytes.</returns>
    SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) => None;

    /// <summary>Reads an option by its numbers: getsockopt(2); fails as setting one does.</summary>
    /// <param name="level">The level, as the system numbers it.</param>
    /// <param name="name">The name, as the system numbers it.</param>
    /// <param name="size">Bytes to make room for; 1 to <see cref="LargestRawOption"/>.</param>
    RawOptionResult GetRawOption(int level, int name, int size) => new(default, None);
}
