using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace Handoff.Compat.Tests.TestKits;

public sealed class NoImplicitSenderTests : TestKit, INoImplicitSender
{
    [Fact]
    public async Task A_test_that_says_so_tells_without_a_sender()
    {
        TestActor.Tell("a");
        ExpectMsg("a");
        Assert.Equal(Sys.DeadLetters, LastSender);
        await Task.Yield();
        TestActor.Tell("b");
        await ExpectMsgAsync("b");
        Assert.Equal(Sys.DeadLetters, LastSender);
    }
}
