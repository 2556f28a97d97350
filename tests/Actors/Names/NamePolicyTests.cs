using Akka.Actor;
using Handoff.Actors.Tests.Policies;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Names;

public sealed class NamePolicyTests(ITestOutputHelper output) : NameTestKit(output)
{
    [Fact]
    public async Task Policy_is_asked_about_a_give_and_its_refusal_has_no_effect()
    {
        var policy = new TestPolicy();
        Handoff.UsePolicy(policy);
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        policy.RefuseIf(question => question.Does(SocketOperations.Give) && question.Name == "secret");
        var give = new Give(first.Handle, "secret");
        first.Handle.Socket.Tell(give, giver);
        Refuses(giver, give, ResultCode.EESECURITY);
        Assert.Empty(Names());
        Give(giver, first.Handle, "open");
    }

    [Fact]
    public async Task Policy_is_asked_who_gets_and_what_it_refuses_stays_for_the_next()
    {
        var policy = new TestPolicy();
        Handoff.UsePolicy(policy);
        var (giver, bad, good) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        policy.RefuseIf(question => question.Does(SocketOperations.Get) && question.NewOwner!.Equals(bad.Ref));
        var waits = Ask(bad, "x", TimeSpan.FromMinutes(1));
        Ask(good, "x", TimeSpan.FromMinutes(1));
        Names();
        Give(giver, first.Handle, "x");
        Refuses(bad, waits, ResultCode.EESECURITY);
        good.ExpectMsg<Acquired>();
        var question = policy.Questions.Last(asked => asked.Does(SocketOperations.Get));
        Assert.Equal((good.Ref, good.Ref, giver.Ref, "x"),
            (question.Caller, question.NewOwner, question.Owner, question.Name));
    }

    [Fact]
    public async Task A_get_that_policy_refuses_is_published_without_the_name_which_is_good_for_another()
    {
        var policy = new TestPolicy();
        Handoff.UsePolicy(policy);
        var (giver, taker, audit) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        Sys.EventStream.Subscribe(audit.Ref, typeof(PolicyRefusal));
        var name = Give(giver, first.Handle).Name;
        policy.Refuse(SocketOperations.Get);
        GetsNothing(taker, name, ResultCode.EESECURITY);
        Assert.Equal(name, policy.Questions.Last().Name);
        Assert.Null(audit.ExpectMsg<PolicyRefusal>().Question.Name);
    }
}
