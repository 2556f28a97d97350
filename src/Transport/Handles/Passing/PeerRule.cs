using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Handles.Passing;

// Which processes may be at the other end. What is null is not asked; by default it must be a process of our own user.
internal sealed record PeerRule
{
    public static PeerRule SameUser { get; } = new();

    public IReadOnlySet<uint>? Users { get; init; } = new HashSet<uint> { SystemCalls.EffectiveUser() };

    public IReadOnlySet<uint>? Groups { get; init; }

    public int? ProcessId { get; init; }

    public SocketResult Judge(PeerCredentials? peer)
    {
        // Process 0 stands for one that no credentials came from, or that this process cannot see: unix(7).
        if (peer is null or { ProcessId: 0 }) return Refused("the kernel does not tell who it is");
        if (Users?.Contains(peer.UserId) == false) return Refused($"user {peer.UserId} may not");
        if (Groups?.Contains(peer.GroupId) == false) return Refused($"group {peer.GroupId} may not");
        return ProcessId is { } only && peer.ProcessId != only
            ? Refused($"process {peer.ProcessId} may not; only {only} may")
            : SocketResult.Success;
    }

    private static SocketResult Refused(string why) => new(ResultCode.EESECURITY, $"The peer is refused: {why}");
}
