using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Names;

public abstract class NameTestKit(ITestOutputHelper output, string config = "") : SocketTestKit(output, config)
{
    // On offer under this name, which is told.
    protected static (Give Give, string Name) Give(TestProbe owner, Give give)
    {
        give.Handle.Socket.Tell(give, owner);
        var given = owner.ExpectMsg<Given>();
        Assert.Same(give, given.Give);
        return (give, given.Name);
    }

    protected static (Give Give, string Name) Give(TestProbe owner, SocketHandle handle, string? name = null) =>
        Give(owner, new Give(handle, name));

    protected Get Ask(TestProbe taker, string name, TimeSpan? within = null)
    {
        var get = new Get(name, taker) { Within = within };
        Handoff.Sockets.Tell(get, taker);
        return get;
    }

    protected Acquired Got(TestProbe taker, string name)
    {
        Ask(taker, name);
        return taker.ExpectMsg<Acquired>();
    }

    protected void GetsNothing(TestProbe taker, string name, ResultCode code = ResultCode.EENAMENOTFOUND)
    {
        var get = Ask(taker, name);
        Refuses(taker, get, code);
    }

    protected static void Refuses(TestProbe asker, object command, ResultCode code)
    {
        var refused = asker.ExpectMsg<Refused>();
        Assert.Equal((command, code), (refused.Command, refused.Result.Code));
    }

    protected IReadOnlyList<GivenSocket> Names()
    {
        var asker = CreateTestProbe();
        Handoff.Sockets.Tell(GetNames.Instance, asker);
        return asker.ExpectMsg<GivenSockets>().Sockets;
    }
}
