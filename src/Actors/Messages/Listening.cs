using System.Net;

namespace Handoff.Messages;

/// <summary>The answer to <see cref="Listen"/>, to the listener's owner.</summary>
/// <param name="Handle">The owner's authority over the listener.</param>
/// <param name="EndPoint">Where it listens, with the port that was taken.</param>
public sealed record Listening(SocketHandle Handle, EndPoint EndPoint);
