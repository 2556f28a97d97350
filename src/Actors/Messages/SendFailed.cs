using System.Net;
using Handoff.Transport;

namespace Handoff.Messages;

/// <summary>
/// Something that was sent earlier did not arrive, as far as the network told; the socket goes on. Delivered and
/// consumed as <see cref="ReceivedFrom"/> is.
/// </summary>
/// <param name="Handle">The owner's authority, for the answer.</param>
/// <param name="Position">How many messages (and failures) came before it since the socket was opened.</param>
/// <param name="Address">To whom it was sent; null where nobody knows.</param>
/// <param name="Result"><c>EECONNREFUSED</c>, <c>EEUNREACH</c>, <c>EEMSGSIZE</c>, <c>EESENDTO</c> or
/// <c>EERECV</c>.</param>
public sealed record SendFailed(SocketHandle Handle, long Position, EndPoint? Address, SocketResult Result)
{
    /// <summary>The position behind it: what <see cref="Consumed"/> says of it and of all before it.</summary>
    public long End => Position + 1;
}
