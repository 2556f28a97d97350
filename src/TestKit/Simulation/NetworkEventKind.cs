namespace Handoff.TestKit.Simulation;

/// <summary>What happened in a simulated network.</summary>
public enum NetworkEventKind
{
    /// <summary>Nothing; never part of a trace.</summary>
    None,

    /// <summary>Two ends were connected.</summary>
    Connected,

    /// <summary>A connect failed; the amount is the result code.</summary>
    ConnectFailed,

    /// <summary>A connection was accepted.</summary>
    Accepted,

    /// <summary>An accept failed; the amount is the result code.</summary>
    AcceptFailed,

    /// <summary>Bytes were sent; the amount is how many.</summary>
    Sent,

    /// <summary>Bytes arrived; the amount is how many.</summary>
    Arrived,

    /// <summary>Bytes were received; the amount is how many.</summary>
    Received,

    /// <summary>A fault: a datagram was lost; the amount is its bytes.</summary>
    Lost,

    /// <summary>The end sends no more.</summary>
    FinSent,

    /// <summary>The end knows that its peer sends no more.</summary>
    FinArrived,

    /// <summary>The end was told that the connection is reset.</summary>
    ResetArrived,

    /// <summary>The end waited too long for bytes to arrive at its peer.</summary>
    GaveUp,

    /// <summary>The end was closed.</summary>
    Closed,

    /// <summary>The end was aborted.</summary>
    Aborted,

    /// <summary>A fault: both ends are reset.</summary>
    ResetInjected,

    /// <summary>A fault: the direction stands still; the amount is for how many ticks.</summary>
    Stalled,

    /// <summary>A fault: nothing arrives any more, at either end.</summary>
    Cut,
}
