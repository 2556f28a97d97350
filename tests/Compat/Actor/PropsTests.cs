using Akka.Actor;
using Akka.Dispatch;

namespace Handoff.Compat.Tests.Actors;

public sealed class PropsTests : ActorTest
{
    private Task<string> Made(Props props) => Sys.ActorOf(props).Ask<string>("what", Patience);

    [Fact]
    public async Task Props_are_made_from_an_expression_a_type_or_arguments()
    {
        var (text, three) = ("text", 3);
        Assert.Equal("text 3", await Made(Props.Create(() => new Made2(text, three))));
        Assert.Equal("text 3", await Made(Props.Create(() => new Made2("te" + "xt", three * 1))));
        Assert.Equal("text 3", await Made(Props.Create<Made2>("text", 3)));
        Assert.Equal("text 3", await Made(Props.Create(Type(), "text", 3)));
        Assert.Equal("nothing 0", await Made(Props.Create<Made2>()));
        Assert.Equal("nothing 0", await Made(Props.Create(Type())));
        Assert.Equal("nothing 0", await Made(Props.Create<Made2>(SupervisorStrategy.StoppingStrategy)));
        Assert.Equal(" 3", await Made(Props.Create<Made2>(null, 3)));
    }

    [Fact]
    public void Props_say_what_they_make()
    {
        var props = Props.Create(() => new Made2("text", 3), SupervisorStrategy.StoppingStrategy);
        Assert.Equal(typeof(Made2), props.Type);
        Assert.Equal(["text", 3], props.Arguments);
        Assert.Same(SupervisorStrategy.StoppingStrategy, props.SupervisorStrategy);
        Assert.Equal(Dispatchers.DefaultDispatcherId, props.Dispatcher);
        Assert.Null(Props.Create<Made2>().SupervisorStrategy);
    }

    [Fact]
    public void Props_do_not_change()
    {
        var props = Props.Create<Made2>();
        Assert.Equal("akka.other", props.WithDispatcher("akka.other").Dispatcher);
        Assert.Equal("akka.mail", props.WithMailbox("akka.mail").Mailbox);
        Assert.Same(
            SupervisorStrategy.StoppingStrategy,
            props.WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy).SupervisorStrategy);
        Assert.Equal(typeof(Made2), props.WithStashCapacity(3).Type);
        Assert.Equal(Dispatchers.DefaultDispatcherId, props.Dispatcher);
        Assert.Null(props.SupervisorStrategy);
    }

    [Fact]
    public async Task A_producer_makes_and_is_given_back_the_actors()
    {
        var producer = new Producer(Journal);
        var actor = Sys.ActorOf(Props.CreateBy(producer));
        Assert.Equal("produced 1", await actor.Ask<string>("what", Patience));
        actor.Tell(PoisonPill.Instance);
        await Journal.Expect("released");
    }

    [Fact]
    public void What_is_no_actor_cannot_be_made()
    {
        Assert.Throws<ArgumentException>(() => Props.Create(typeof(string)));
        Assert.Throws<ArgumentNullException>(() => Props.Create(null));
    }

    [Fact]
    public void An_expression_that_makes_nothing_new_is_refused() =>
        Assert.Throws<InvalidCastException>(() => Props.Create(() => Make()));

    [Fact]
    public async Task Empty_makes_an_actor_that_does_nothing()
    {
        var actor = Sys.ActorOf(Props.Empty);
        actor.Tell("ignored");
        Assert.True(await actor.GracefulStop(Patience));
    }

    [Fact]
    public void No_props_are_null() => Assert.Null(Props.None);

    [Fact]
    public void The_dispatcher_of_the_props_has_to_be_configured() =>
        Assert.Throws<Akka.Configuration.ConfigurationException>(
            () => Sys.ActorOf(Props.Empty.WithDispatcher("akka.nowhere")));

    [Fact]
    public async Task An_actor_is_not_made_outside_its_cell()
    {
        var failure = await Assert.ThrowsAsync<TypeLoadException>(
            () => OnOwnThread(() => _ = Props.Create<Made2>("text", 3).NewActor()));
        Assert.Contains(nameof(Made2), failure.Message);
    }

    private static Made2 Make() => null!;

    private static Type Type() => typeof(Made2);

    private sealed class Made2 : ReceiveActor
    {
        public Made2()
            : this("nothing", 0)
        {
        }

        public Made2(string text, int number) => ReceiveAny(_ => Sender.Tell($"{text} {number}"));
    }

    private sealed class Producer(Journal journal) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Made2);

        public ActorBase Produce() => new Made2("produced", 1);

        public void Release(ActorBase actor) => journal.Add("released");
    }
}
