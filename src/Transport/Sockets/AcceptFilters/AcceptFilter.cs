namespace Handoff.Transport.Sockets.AcceptFilters;

/// <summary>
/// The filters that are there. Where a peer finishes before they could tell they let nothing pass: FreeBSD's do, and
/// leave it to the acceptor to find out.
/// </summary>
public static class AcceptFilter
{
    /// <summary>The first byte has come (<c>accf_data(9)</c>).</summary>
    public static IAcceptFilter DataReady { get; } = new DataReadyFilter();

    /// <summary>
    /// The whole head of an HTTP/1 request has come, up to its empty line (RFC 9112 section 2). What does not begin
    /// like one, by a method of RFC 9110 or <c>PATCH</c> and a first line with <c> HTTP/</c>, passes at once, and so
    /// does a head that is longer than a filter may wait for: its acceptor can answer it (<c>accf_http(9)</c>).
    /// </summary>
    public static IAcceptFilter HttpHead { get; } = new HttpHeadFilter();

    /// <summary>
    /// The whole ClientHello of TLS has come, with all the records that it is spread over (RFC 8446 sections 4.1.2 and
    /// 5.1). What is no TLS passes once there are the five bytes of a record's header (<c>accf_tls(9)</c>).
    /// </summary>
    public static IAcceptFilter ClientHello { get; } = new ClientHelloFilter();

    /// <summary>A line has come, up to its LF.</summary>
    /// <param name="most">
    /// Bytes of the line with its LF, at least 1; a longer one drops the connection with <see
    /// cref="ResultCode.EEMSGSIZE"/>.
    /// </param>
    public static IAcceptFilter Line(int most) => new LineFilter(most);
}
