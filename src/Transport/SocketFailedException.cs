namespace Handoff.Transport;

/// <summary>
/// A pipe of a <c>SocketLease</c> can only report by throwing; this carries the code that a message would have
/// carried.
/// </summary>
public sealed class SocketFailedException : IOException
{
    /// <summary>A failure without more to say than its code.</summary>
    /// <param name="code">The result code, never <see cref="ResultCode.EESUCCESS"/>.</param>
    public SocketFailedException(ResultCode code)
        : this(SocketResult.Of(code))
    {
    }

    /// <summary>A failure with a reason.</summary>
    /// <param name="result">Code and reason.</param>
    public SocketFailedException(SocketResult result)
        : base(result.ToString()) => Result = result;

    /// <summary>The result code.</summary>
    public ResultCode Code => Result.Code;

    /// <summary>Code and reason.</summary>
    public SocketResult Result { get; }
}
