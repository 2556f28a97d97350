using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace Handoff.Compat.Tests.TestKits;

public sealed class TestProbeTests : TestKit
{
    private readonly TestProbe _probe;

    public TestProbeTests() => _probe = CreateTestProbe("probe");

    [Fact]
    public void A_probe_has_a_name_and_a_queue_of_its_own()
    {
        Assert.Equal("akka://test/system/probe", _probe.Ref.Path.ToString());
        Assert.Equal(_probe.TestActor, _probe.Ref);
        _probe.Ref.Tell("a");
        _probe.ExpectMsg("a");
        Assert.False(HasMessages);
    }

    [Fact]
    public void A_probe_sends_in_its_own_name()
    {
        _probe.Send(TestActor, "a");
        ExpectMsgFrom(_probe.Ref, "a");
    }

    [Fact]
    public void A_probe_replies_to_the_last_sender()
    {
        _probe.Ref.Tell("question");
        _probe.ExpectMsg("question");
        Assert.Equal(TestActor, _probe.Sender);
        _probe.Reply("answer");
        ExpectMsgFrom(_probe.Ref, "answer");
    }

    [Fact]
    public void A_probe_forwards_for_the_last_sender()
    {
        var receiver = CreateTestProbe();
        _probe.Ref.Tell("a");
        _probe.ExpectMsg("a");
        _probe.Forward(receiver.Ref);
        receiver.ExpectMsgFrom(TestActor, "a");
        _probe.Forward(receiver.Ref, "b");
        receiver.ExpectMsgFrom(TestActor, "b");
    }

    [Fact]
    public void A_probe_goes_where_an_actor_goes()
    {
        IActorRef asRef = _probe;
        asRef.Tell("a", _probe);
        _probe.ExpectMsgFrom(_probe, "a");
        TestActor.Tell("b", _probe);
        ExpectMsgFrom(_probe.Ref, "b");
        Assert.Equal(_probe.Ref.Path, asRef.Path);
    }

    [Fact]
    public void A_probe_is_equal_to_its_actor()
    {
        IActorRef asRef = _probe;
        var other = CreateTestProbe();
        Assert.True(_probe.Equals((object)_probe.Ref));
        Assert.True(asRef.Equals(_probe.Ref));
        Assert.True(_probe.Ref.Equals(asRef));
        Assert.False(asRef.Equals(other.Ref));
        Assert.Equal(_probe.Ref.GetHashCode(), _probe.GetHashCode());
        Assert.Equal(0, _probe.CompareTo((object)_probe.Ref));
        Assert.Equal(0, asRef.CompareTo(_probe.Ref));
        Assert.Equal($"TestProbe({_probe.Ref})", _probe.ToString());
    }

    [Fact]
    public void A_probe_can_be_watched_and_stopped()
    {
        Watch(_probe);
        Sys.Stop(_probe);
        ExpectTerminated(_probe);
    }

    [Fact]
    public void A_probe_watches()
    {
        _probe.Watch(TestActor);
        Sys.Stop(TestActor);
        _probe.ExpectTerminated(TestActor);
    }

    [Fact]
    public async Task A_probe_can_be_the_parent()
    {
        Assert.Equal(_probe.Ref.Path, _probe.ChildActorOf<Quiet>().Path.Parent);
        Assert.Equal("a", _probe.ChildActorOf<Quiet>("a").Path.Name);
        Assert.Equal(_probe.Ref.Path, (await _probe.ChildActorOfAsync<Quiet>()).Path.Parent);
        Assert.Equal("b", (await _probe.ChildActorOfAsync<Quiet>("b")).Path.Name);
    }

    [Fact]
    public void A_probe_can_live_in_another_system()
    {
        using var other = ActorSystem.Create("elsewhere");
        var probe = CreateTestProbe(other, "there");
        Assert.Equal("akka://elsewhere/system/there", probe.Ref.Path.ToString());
        probe.Ref.Tell("a");
        probe.ExpectMsg("a");
        new TestProbe(other, Assertions).ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_probe_makes_no_probes()
    {
        TestKitBase kit = _probe;
        Assert.Throws<NotSupportedException>(() => kit.CreateTestProbe());
    }

    [Fact]
    public void A_probe_that_is_made_in_a_test_leaves_its_sender_alone()
    {
        CreateTestProbe();
        _probe.Ref.Tell("a");
        _probe.ExpectMsgFrom(TestActor, "a");
    }

    private sealed class Quiet : ReceiveActor;
}
