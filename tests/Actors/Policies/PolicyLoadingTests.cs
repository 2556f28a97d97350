using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Policies;

public sealed class PolicyLoadingTests(ITestOutputHelper output) : Akka.TestKit.Xunit2.TestKit("", null, output)
{
    [Theory]
    [InlineData("Handoff.Actors.Tests.Policies.NoListeners, Actors.Tests", "no listeners here")]
    [InlineData("Handoff.Actors.Tests.Policies.OfTheSystem, Actors.Tests", "in test")]
    public void The_type_that_the_key_names_is_the_policy(string name, string reason)
    {
        var policy = Load(name)!;
        var question = new PolicyQuestion { Operations = SocketOperations.Listen };
        Assert.Equal(reason, policy.Ask(question).Reason);
    }

    [Fact]
    public void Allow_is_no_policy_at_all() => Assert.Null(Load("allow"));

    [Theory]
    [InlineData("Handoff.Actors.Tests.Policies.Nowhere, Actors.Tests", "no such type")]
    [InlineData("Handoff.Actors.Tests.Policies.NoListeners, No.Such.Assembly", "no such type")]
    [InlineData("Some.Type, =", "no such type")]
    [InlineData("", "no such type")]
    [InlineData("System.Object", "no ISocketPolicy")]
    [InlineData("Handoff.Policy.ISocketPolicy, Handoff", "cannot be made")]
    [InlineData("Handoff.Actors.Tests.Policies.CannotBeMade, Actors.Tests", "the rule book is missing")]
    public void A_name_that_is_no_policy_stops_the_start_with_an_error_that_names_the_key(string name, string why)
    {
        var error = Assert.Throws<ConfigurationException>(() => Load(name));
        Assert.Contains("handoff.policy", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_of_the_configuration_is_asked_and_cannot_be_replaced()
    {
        var config = ConfigurationFactory.ParseString(
            "handoff.policy = \"Handoff.Actors.Tests.Policies.NoListeners, Actors.Tests\"");
        using var system = ActorSystem.Create("guarded", config);
        var handoff = HandoffExtension.For(system);
        var listen = new Listen(new IPEndPoint(IPAddress.Loopback, 0), system.ActorOf(Props.Empty));
        var refused = await handoff.Sockets.Ask<Refused>(listen, TimeSpan.FromSeconds(20));
        Assert.Equal(ResultCode.EESECURITY, refused.Result.Code);
        Assert.Throws<InvalidOperationException>(() => handoff.UsePolicy(new TestPolicy()));
    }

    private ISocketPolicy? Load(string name) => global::Handoff.Sockets.Policies.Load(Sys, name).Current;
}
