using System.Net.Sockets;
using Akka.Actor;
using Handoff.Actors.Tests.Processes;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Keepers;

// A keeper that takes a connection and then says nothing.
public sealed class SilentKeeperTests(ITestOutputHelper output)
    : ProcessTestKit(output, "handoff.keeper { max-waiting = 1, answer-timeout = 2s }")
{
    private string KeeperPath => Path.Combine(Path.GetDirectoryName(DirectoryPath)!, "keeper");

    [Fact]
    public async Task Questions_that_wait_for_a_keeper_have_a_bound_and_one_that_says_nothing_is_not_waited_for()
    {
        using var silent = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        silent.Bind(new UnixDomainSocketEndPoint(KeeperPath));
        silent.Listen(8);
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Handoff.Keeper.Tell(new OpenKeeper(KeeperPath), owner);
        acquired.Handle.Socket.Tell(new Keep(acquired.Handle, "login"), owner);
        StatusOf(CreateTestProbe(), acquired.Handle.Socket);
        var asker = CreateTestProbe();
        Handoff.Keeper.Tell(new AdoptKept("login", asker), asker);
        Assert.Equal(ResultCode.EEQUOTA, asker.ExpectMsg<Refused>().Result.Code);
        Assert.IsType<OpenKeeper>(owner.ExpectMsg<Refused>().Command);
        Assert.IsType<Keep>(owner.ExpectMsg<Refused>().Command);
        File.Delete(KeeperPath);
    }
}
