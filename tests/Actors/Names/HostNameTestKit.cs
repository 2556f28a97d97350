using Akka.TestKit;
using Handoff.Actors.Tests.Processes;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Names;

// Names that two actor systems share, as two processes would.
public abstract class HostNameTestKit(ITestOutputHelper output, string config = "")
    : ProcessTestKit(output, config)
{
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // On offer to all processes under this name, which is told.
    protected static (Give Give, string Name) Give(TestProbe owner, Give give)
    {
        give.Handle.Socket.Tell(give, owner);
        var given = owner.ExpectMsg<Given>();
        Assert.Same(give, given.Give);
        return (give, given.Name);
    }

    protected static (Give Give, string Name) Give(TestProbe owner, SocketHandle handle, string? name = null) =>
        Give(owner, new Give(handle, name) { Scope = NameScope.Host });

    protected static Get Ask(HandoffExtension at, TestProbe taker, string name, TimeSpan? within = null)
    {
        var get = new Get(name, taker) { Within = within, Scope = NameScope.Host };
        at.Sockets.Tell(get, taker);
        return get;
    }

    protected static Acquired Got(HandoffExtension at, TestProbe taker, string name)
    {
        Ask(at, taker, name);
        return taker.ExpectMsg<Acquired>();
    }

    protected static void GetsNothing(
        HandoffExtension at, TestProbe taker, string name, ResultCode code = ResultCode.EENAMENOTFOUND)
    {
        var get = Ask(at, taker, name);
        Refuses(taker, get, code);
    }

    protected static string Refuses(TestProbe asker, object command, ResultCode code)
    {
        var refused = asker.ExpectMsg<Refused>();
        Assert.Equal((command, code), (refused.Command, refused.Result.Code));
        return refused.Result.Reason;
    }

    protected static GivenSockets Names(HandoffExtension at, TestProbe asker, GetNames? query = null)
    {
        at.Sockets.Tell(query ?? GetNames.OfHost, asker);
        return asker.ExpectMsg<GivenSockets>();
    }

    // Who is asked has heard all that came before from here.
    protected static void Settled(HandoffExtension at, TestProbe asker) => Names(at, asker, GetNames.Instance);
}
