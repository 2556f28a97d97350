namespace Handoff.Transport.Sockets.Messages;

/// <summary>
/// What a read of a <see cref="MessageLease"/> brought. The default value is an end without a reason.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">
/// The message, which may be empty; the lease's own memory, to be left alone once it was consumed.
/// </param>
/// <param name="Facts">What is known of it.</param>
/// <param name="Code">
/// <see cref="ResultCode.EESUCCESS"/> for a message, and for an end by the peer. A failure's code:
/// <see cref="ResultCode.EECONNREFUSED"/>, <see cref="ResultCode.EEUNREACH"/>, <see cref="ResultCode.EEMSGSIZE"/>,
/// <see cref="ResultCode.EESENDTO"/>, <see cref="ResultCode.EERECV"/>. An end's: <see cref="ResultCode.EESECURITY"/>
/// (the ownership period is over), <see cref="ResultCode.EEBADF"/> (closed), <see cref="ResultCode.EERESET"/>,
/// <see cref="ResultCode.EERECV"/>, or what the abort was told.
/// </param>
public readonly record struct MessageResult(
    MessageKind Kind, ReadOnlyMemory<byte> Bytes, MessageFacts Facts, ResultCode Code)
{
    /// <summary>Whether there is something to consume; if not, reading is over.</summary>
    public bool IsOpen => Kind is not MessageKind.End;

    internal static MessageResult Ended(ResultCode code) => new(MessageKind.End, default, default, code);
}
