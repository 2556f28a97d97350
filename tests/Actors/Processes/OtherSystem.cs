using Akka.Actor;
using Handoff.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// A second actor system, with an engine, a control socket and services of its own: all that another process would have
// here, but for its descriptors' numbers.
public sealed class OtherSystem(ITestOutputHelper output, string config)
    : SocketTestKit(output, config, virtualTime: false)
{
    public HandoffExtension Sockets => Handoff;

    // Where it is reached for this service.
    public string Open(string service, IActorRef target)
    {
        var asker = CreateTestProbe();
        Handoff.Processes.Tell(new OpenService(service, target), asker);
        return asker.ExpectMsg<ServiceOpened>().Path;
    }
}
