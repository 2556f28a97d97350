using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// What a system that is not Linux answers, too.
public sealed class OtherEngineTests(ITestOutputHelper output) : SocketTestKit(output, "handoff.engine = portable")
{
    [Fact]
    public void An_engine_that_hands_no_descriptor_out_says_so_with_a_code()
    {
        var asker = CreateTestProbe();
        object[] commands =
            [new OpenPeer("/tmp/x.sock", "a"), new OpenService("a", asker), new OpenProgram("/bin/cat")];
        foreach (var command in commands)
        {
            Handoff.Processes.Tell(command, asker);
            var refused = asker.ExpectMsg<Refused>();
            Assert.Equal((command, ResultCode.EEMODENOTSUPP), (refused.Command, refused.Result.Code));
        }
    }
}
