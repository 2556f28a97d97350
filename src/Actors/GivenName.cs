using Handoff.Transport;

namespace Handoff;

/// <summary>A socket of code outside actors that is on offer under a name.</summary>
public sealed class GivenName
{
    internal GivenName(string name, Task<SocketResult> outcome)
    {
        Name = name;
        Outcome = outcome;
    }

    /// <summary>The name, as it was said or drawn.</summary>
    public string Name { get; }

    /// <summary><c>EESUCCESS</c> once somebody has got it; <c>EESOCKNOTRLSD</c> if nobody has and it is its giver's
    /// again.</summary>
    public Task<SocketResult> Outcome { get; }
}
