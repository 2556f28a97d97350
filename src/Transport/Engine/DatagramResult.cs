using System.Net;
using Handoff.Transport.Associations;

namespace Handoff.Transport.Engine;

/// <summary>
/// What one receive of a message ended with. The default value is "no result yet": neither success nor a failure.
/// </summary>
/// <param name="Bytes">Bytes that were put into the buffer; 0 with success is an empty message, or the end.</param>
/// <param name="Sender">Who sent it; null where the system does not tell (a Unix socket without a name).</param>
/// <param name="Marks">What else is known of it.</param>
/// <param name="Code">The result code.</param>
public readonly record struct DatagramResult(int Bytes, EndPoint? Sender, DatagramMarks Marks, ResultCode Code)
{
    /// <summary>The peer's end of a connection of records.</summary>
    public static DatagramResult End { get; } = new(0, null, DatagramMarks.End, ResultCode.EESUCCESS);

    /// <summary>Of a message of an association; else the default value.</summary>
    public SctpReceiveInfo Info { get; init; }

    /// <summary>No message: what is told of an association. Null of a message.</summary>
    public SctpEvent? Event { get; init; }

    /// <summary>Whether the call was carried out.</summary>
    public bool IsSuccess => Code is ResultCode.EESUCCESS;

    /// <summary>Something that is told of an association.</summary>
    /// <param name="what">What.</param>
    public static DatagramResult Of(SctpEvent what) =>
        new(0, null, DatagramMarks.None, ResultCode.EESUCCESS) { Event = what };

    /// <summary>Not carried out.</summary>
    /// <param name="code">Why.</param>
    public static DatagramResult Failed(ResultCode code) => new(0, null, DatagramMarks.None, code);
}
