using Akka.Actor;

namespace Handoff.AspNetCore.Tests.Setup;

// A target that answers nothing.
internal sealed class Silent : ReceiveActor
{
    public Silent() => ReceiveAny(_ => { });
}
