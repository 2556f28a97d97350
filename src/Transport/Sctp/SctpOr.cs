namespace Handoff.Transport.Sctp;

// A value, or the code that says why there is none; the value counts with success only.
internal readonly record struct SctpOr<T>(T? Value, ResultCode Code)
{
    public bool IsSuccess => Code is ResultCode.EESUCCESS;

    public static SctpOr<T> Of(T value) => new(value, ResultCode.EESUCCESS);

    public static implicit operator SctpOr<T>(ResultCode code) => new(default, code);
}
