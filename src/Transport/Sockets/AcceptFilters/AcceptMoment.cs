namespace Handoff.Transport.Sockets.AcceptFilters;

/// <summary>Why a filter is asked.</summary>
public enum AcceptMoment
{
    /// <summary>Bytes have come, and more may follow.</summary>
    Arriving,

    /// <summary>As many bytes wait as a filter may wait for.</summary>
    Full,

    /// <summary>The peer has finished sending: these are all the bytes, and there may be none.</summary>
    Finished,
}
