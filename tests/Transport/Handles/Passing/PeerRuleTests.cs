using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Tests.Handles.Passing;

public sealed class PeerRuleTests
{
    private static readonly PeerCredentials Peer = new(ProcessId: 7, UserId: 1000, GroupId: 100);

    [Fact]
    public void Each_of_user_group_and_process_is_asked_where_it_is_said()
    {
        var open = new PeerRule { Users = null };
        Assert.True(open.Judge(Peer).IsSuccess);
        PeerRule[] admit =
        [
            open with { Users = new HashSet<uint> { 0, 1000 } },
            open with { Groups = new HashSet<uint> { 100 } },
            open with { ProcessId = 7 },
        ];
        Assert.All(admit, rule => Assert.True(rule.Judge(Peer).IsSuccess));
        PeerRule[] refuse =
        [
            open with { Users = new HashSet<uint> { 0 } },
            open with { Groups = new HashSet<uint>() },
            open with { ProcessId = 8 },
        ];
        Assert.All(refuse, rule => Assert.Equal(ResultCode.EESECURITY, rule.Judge(Peer).Code));
    }

    [Fact]
    public void Nobody_whom_the_kernel_does_not_name_is_admitted()
    {
        var open = new PeerRule { Users = null };
        Assert.Equal(ResultCode.EESECURITY, open.Judge(null).Code);
        Assert.Equal(ResultCode.EESECURITY, open.Judge(Peer with { ProcessId = 0 }).Code);
    }
}
