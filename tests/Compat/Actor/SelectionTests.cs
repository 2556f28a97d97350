using Akka.Actor;
using Akka.Event;

namespace Handoff.Compat.Tests.Actors;

public sealed class SelectionTests : ActorTest
{
    private async Task<IActorRef> Family()
    {
        var parent = Puppet("p");
        await Inside(parent, context =>
        {
            context.ActorOf(Named(), "one");
            context.ActorOf(Named(), "two");
        });
        return parent;
    }

    private Props Named() => Props.Create(() => new ReportsName(Journal));

    [Theory]
    [InlineData("/user/p/one")]
    [InlineData("akka://test/user/p/one")]
    [InlineData("user/p/one")]
    [InlineData("/user/p/two/../one")]
    public async Task An_actor_is_selected_by_its_path(string path)
    {
        await Family();
        Sys.ActorSelection(path).Tell("hello");
        await Journal.Expect("one: hello");
    }

    [Theory]
    [InlineData("/user/p/*", new object[] { "one: hello", "two: hello" })]
    [InlineData("/user/p/t?o", new object[] { "two: hello" })]
    [InlineData("/user/*/one", new object[] { "one: hello" })]
    [InlineData("/user/**", new object[] { "hello", "one: hello", "two: hello" })]
    public async Task Wildcards_select_all_that_fit(string path, object[] expected)
    {
        await Family();
        Sys.ActorSelection(path).Tell("hello");
        var arrived = new List<object>();
        foreach (var _ in expected)
            arrived.Add(await Journal.Next());
        Assert.Equal(expected, arrived.Order());
    }

    [Fact]
    public void All_below_can_be_selected_at_the_end_only() =>
        Assert.Throws<IllegalActorNameException>(() => Sys.ActorSelection("/user/**/one"));

    [Fact]
    public async Task A_selection_of_an_actor_begins_with_the_actor()
    {
        var parent = await Family();
        await Inside(parent, context => context.ActorSelection("one").Tell("down"));
        await Journal.Expect("one: down");
        await Inside(parent, context => context.ActorSelection("../p/two").Tell("up"));
        await Journal.Expect("two: up");
        await Inside(parent, context => context.ActorSelection(parent.Path / "one").Tell("by path"));
        await Journal.Expect("one: by path");
    }

    [Fact]
    public async Task ResolveOne_finds_the_actor_or_fails()
    {
        var parent = await Family();
        Assert.Equal(parent, await Sys.ActorSelection("/user/p").ResolveOne(Patience));
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/none").ResolveOne(Patience));
        await Assert.ThrowsAsync<ActorNotFoundException>(
            () => Sys.ActorSelection("/user/none").ResolveOne(Patience, CancellationToken.None));
    }

    [Fact]
    public async Task Identify_is_answered_by_every_actor()
    {
        var parent = await Family();
        var identity = await parent.Ask<ActorIdentity>(new Identify(7), Patience);
        Assert.Equal((7, parent), (identity.MessageId, identity.Subject));
        identity = await Sys.ActorSelection("/user/none").Ask<ActorIdentity>(new Identify(8), Patience);
        Assert.Equal(8, identity.MessageId);
        Assert.Null(identity.Subject);
    }

    [Fact]
    public async Task What_is_sent_to_a_selection_of_nobody_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(Puppet(), typeof(DeadLetter));
        Sys.ActorSelection("/user/none").Tell("hello");
        var letter = await Journal.Next<DeadLetter>();
        Assert.Equal(("hello", "akka://test/user/none"), (letter.Message, letter.Recipient.Path.ToString()));
        Sys.ActorSelection("").Tell("nowhere");
        Assert.Equal("nowhere", (await Journal.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task A_selection_says_what_it_selects()
    {
        var parent = await Family();
        var selection = new ActorSelection(parent, "one/*");
        Assert.Equal("/one/*", selection.PathString);
        Assert.Equal(parent, selection.Anchor);
        Assert.Equal(2, selection.Path.Length);
        Assert.Equal($"ActorSelection[Anchor({parent.Path}#{parent.Path.Uid}), Path(/one/*)]", selection.ToString());
        var same = new ActorSelection(parent, ["one", "*"]);
        Assert.Equal(selection, same);
        Assert.Equal(selection.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(selection, new ActorSelection(parent, selection.Path[..1]));
        var message = new ActorSelectionMessage("hello", selection.Path, wildCardFanOut: true);
        Assert.Equal(("hello", true), (message.Message, message.WildCardFanOut));
        Assert.Same(selection.Path, message.Elements);
        Assert.Contains("one/*", message.ToString());
    }

    private sealed class ReportsName(Journal journal) : UntypedActor
    {
        protected override void OnReceive(object message) => journal.Add($"{Self.Path.Name}: {message}");
    }
}
