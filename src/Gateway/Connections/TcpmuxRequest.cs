namespace Handoff.Gateway.Connections;

// What the first line of a tcpmux client came to.
internal abstract record TcpmuxRequest
{
    private TcpmuxRequest()
    {
    }

    internal sealed record Named(string Service) : TcpmuxRequest;

    internal sealed record TooLong : TcpmuxRequest;

    internal sealed record TooLate : TcpmuxRequest;

    // The client closed before its line was complete.
    internal sealed record Gone : TcpmuxRequest;
}
