using Akka.Actor;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.TestKit.Scenarios;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Tests.Scenarios;

// T59: who may release and acquire.
public sealed class PolicyScenarios
{
    private readonly RuleBook _policy = new();

    [Theory]
    [Transports(5)]
    public void T59_A_release_that_policy_refuses_changes_nothing_and_is_published(string transport, int seed) =>
        Scenario.Play(Under(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1", Reading.Active(1));
            _policy.RefuseIf(asked => asked.Does(SocketOperations.Release));
            s.When.Owner("login").Releases("c1").PushingBack("x"u8.ToArray()).To("game");
            s.Then.Owner("login").IsRefused("c1", ResultCode.EESECURITY).Owns("c1").IsNotTold<ReleaseFailed>("c1")
                .IsTold<Refused>("c1", refused => refused.Result.Reason.Contains(RuleBook.Because));
            s.Then.Target("game").IsNotTold<Offered>("c1");
            s.Then.Socket("c1").IsInEpoch(1).Says(status => status.Facts.Unread == 0);
            s.Then.PolicyRefused(SocketOperations.Release, refusal => refusal.Reason == RuleBook.Because
                && Equals(refusal.Question.Owner, s.RefOf("login"))
                && refusal.Question.Targets!.Single().Equals(s.RefOf("game")));
            _policy.RefuseNothing();
            s.When.Peer("c1").Sends("go on");
            s.Then.Owner("login").HasRead("c1", "go on");
            s.When.Owner("login").Releases("c1").To("game");
            s.Then.Target("game").IsOffered("c1");
        });

    [Theory]
    [Transports(5)]
    public void T59_An_acquire_that_policy_refuses_leaves_the_offer_standing_and_is_published(
        string transport, int seed) => Scenario.Play(Under(transport), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Owner("login").Releases("c1").To("game");
            _policy.RefuseIf(asked =>
                asked.Does(SocketOperations.Acquire) && Equals(asked.NewOwner, s.RefOf("game")));
            s.When.Target("game").Acquires("c1");
            s.Then.Target("game").IsRefused("c1", ResultCode.EESECURITY).IsNotTold<Acquired>("c1")
                .IsNotTold<Withdrawn>("c1");
            s.Then.Socket("c1").IsOnOfferBy("login", "game").IsInEpoch(1);
            s.Then.PolicyRefused(SocketOperations.Acquire, refusal => refusal.Reason == RuleBook.Because
                && Equals(refusal.Question.Owner, s.RefOf("login"))
                && Equals(refusal.Question.NewOwner, s.RefOf("game")));
            _policy.RefuseNothing();
            s.When.Peer("c1").Sends("hello");
            s.When.Target("game").Acquires("c1").Reads("c1", 5);
            s.Then.Owner("game").Owns("c1").HasRead("c1", "hello");
        });

    [Theory]
    [Seeds(5)]
    public void T59_An_acquire_that_is_always_refused_reverts_at_the_deadline(int seed) =>
        Scenario.Play(Under("memory"), seed, s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.Given.Target("game").WillAcquire();
            _policy.RefuseIf(asked => asked.Does(SocketOperations.Acquire));
            s.When.Owner("login").Releases("c1").Within(TimeSpan.FromSeconds(2)).To("game");
            s.When.TimePasses(TimeSpan.FromSeconds(2));
            s.Then.Owner("login").IsToldItFailed("c1", OfferOutcome.TimedOut).Owns("c1");
            s.Then.Target("game").IsTold<Withdrawn>("c1").IsNotTold<Acquired>("c1");
        });

    [Theory]
    [Seeds(5)]
    public void T59_Without_a_policy_the_configured_default_allows_everything(int seed) => Scenario.Play(seed, s =>
    {
        s.Given.Owner("login").Holds("c1");
        s.When.Owner("login").Releases("c1").To("game");
        s.When.Target("game").Acquires("c1");
        s.Then.Owner("game").Owns("c1").IsRefusedNothing("c1");
        s.Then.PolicyRefused((SocketOperations)~0, times: 0);
    });

    [Theory]
    [Seeds(5)]
    public void T59_Without_a_policy_the_one_that_configuration_names_decides(int seed) => Scenario.Play(
        new ScenarioSetup { Config = $"handoff.policy = \"{typeof(NoReleases).AssemblyQualifiedName}\"" },
        seed,
        s =>
        {
            s.Given.Owner("login").Holds("c1");
            s.When.Owner("login").Releases("c1").To("game");
            s.Then.Owner("login").IsRefused("c1", ResultCode.EESECURITY).Owns("c1");
            s.Then.Target("game").IsNotTold<Offered>("c1");
            s.Then.PolicyRefused(SocketOperations.Release);
        });

    [Theory]
    [Seeds(3)]
    public async Task T59_An_actor_of_another_system_is_neither_released_to_nor_an_owner(int seed)
    {
        var elsewhere = ActorSystem.Create("elsewhere");
        try
        {
            var there = elsewhere.ActorOf(Props.Create(() => new Silent()), "there");
            Scenario.Play(seed, s =>
            {
                s.Given.Owner("login").Holds("c1");
                s.Given.Actor("there", there);
                s.When.Owner("login").Releases("c1").To("there");
                s.Then.Owner("login").IsRefused("c1", ResultCode.EENOTLOCAL).Owns("c1");
                s.When.Owner("login").Releases("c1").To("game");
                s.When.Target("game").Answers("c1", (offer, _) => new Acquire(offer, there));
                s.Then.Target("game").IsRefused("c1", ResultCode.EESECURITY);
                s.Then.Socket("c1").IsOnOfferBy("login", "game").IsInEpoch(1);
                s.When.Target("game").Acquires("c1");
                s.Then.Owner("game").Owns("c1");
            });
        }
        finally
        {
            await elsewhere.Terminate().WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private ScenarioSetup Under(string transport) => ScenarioSetup.On(transport) with { Policy = _policy };

    public sealed class NoReleases : ISocketPolicy
    {
        public PolicyAnswer Ask(in PolicyQuestion question) => question.Does(SocketOperations.Release)
            ? PolicyAnswer.Refuse("nobody releases here")
            : PolicyAnswer.Permit;
    }

    private sealed class Silent : ReceiveActor
    {
        public Silent() => ReceiveAny(_ => { });
    }
}
