namespace Handoff.Transport.Engine;

/// <summary>
/// What one socket call ended with. Expected failures are codes, never exceptions. The default value is "no result
/// yet": neither success nor a failure.
/// </summary>
/// <param name="Bytes">
/// Bytes that were moved, also where the call failed half way; 0 with success is the peer's FIN.
/// </param>
/// <param name="Code">
/// <see cref="ResultCode.EESUCCESS"/>, or <see cref="ResultCode.EERESET"/>, <see cref="ResultCode.EESEND"/>,
/// <see cref="ResultCode.EERECV"/>, <see cref="ResultCode.EETIMEDOUT"/>, <see cref="ResultCode.EEUNREACH"/>,
/// <see cref="ResultCode.EEBADF"/> after close or abort, <see cref="ResultCode.EEINTR"/> where the wait was cancelled;
/// with TLS <see cref="ResultCode.EETLS"/> and <see cref="ResultCode.EETRUNCATED"/>, too.
/// </param>
public readonly record struct IoResult(int Bytes, ResultCode Code)
{
    /// <summary>Whether the call was carried out.</summary>
    public bool IsSuccess => Code is ResultCode.EESUCCESS;

    /// <summary>Carried out.</summary>
    /// <param name="bytes">Bytes that were moved.</param>
    public static IoResult Moved(int bytes) => new(bytes, ResultCode.EESUCCESS);

    /// <summary>Not carried out.</summary>
    /// <param name="code">Why.</param>
    public static IoResult Failed(ResultCode code) => new(0, code);
}
