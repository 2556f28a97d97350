namespace Handoff.Transport;

/// <summary>
/// What an operation ended with: a code, and a reason for people. Expected failures are values like this.
/// </summary>
/// <param name="Code">The result code; <see cref="ResultCode.EESUCCESS"/> when it was carried out.</param>
/// <param name="Reason">One line that names the offending thing; the code's own text by default.</param>
public sealed record SocketResult(ResultCode Code, string Reason)
{
    /// <summary>Carried out.</summary>
    public static SocketResult Success { get; } = new(ResultCode.EESUCCESS, ResultCode.EESUCCESS.Text());

    /// <summary>Whether the operation was carried out.</summary>
    public bool IsSuccess => Code is ResultCode.EESUCCESS;

    /// <summary>A result with the text of its code as the reason.</summary>
    /// <param name="code">The result code.</param>
    public static SocketResult Of(ResultCode code) => new(code, code.Text());

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Reason}";
}
