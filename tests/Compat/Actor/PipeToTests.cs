using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

public sealed class PipeToTests : ActorTest
{
    private static readonly InvalidOperationException s_boom = new("boom");

    private readonly IActorRef _recipient;

    public PipeToTests() => _recipient = Puppet();

    [Fact]
    public async Task A_result_is_sent()
    {
        await Task.FromResult("result").PipeTo(_recipient);
        await ValueTask.FromResult("value result").PipeTo(_recipient);
        await Task.FromResult("result on context").PipeTo(_recipient, useConfigureAwait: true);
        await ValueTask.FromResult("value result on context").PipeTo(_recipient, useConfigureAwait: true);
        await Journal.Expect("result", "value result", "result on context", "value result on context");
    }

    [Fact]
    public async Task A_result_can_be_turned_into_a_message()
    {
        await Task.FromResult(1).PipeTo(_recipient, success: i => $"one {i}");
        await ValueTask.FromResult(2).PipeTo(_recipient, success: i => $"two {i}");
        await Task.CompletedTask.PipeTo(_recipient, success: () => "done");
        await ValueTask.CompletedTask.PipeTo(_recipient, success: () => "value done");
        await Task.CompletedTask.PipeTo(_recipient, useConfigureAwait: true, success: () => "done on context");
        await ValueTask.CompletedTask.PipeTo(_recipient, useConfigureAwait: false, success: () => "value again");
        await Journal.Expect("one 1", "two 2", "done", "value done", "done on context", "value again");
    }

    [Fact]
    public async Task A_task_without_result_says_nothing_unless_told_to()
    {
        await Task.CompletedTask.PipeTo(_recipient);
        await Settled(_recipient);
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task A_failure_is_sent_as_a_status()
    {
        await Task.FromException<int>(s_boom).PipeTo(_recipient);
        Assert.Same(s_boom, (await Journal.Next<Status.Failure>()).Cause);
        await Task.FromException(s_boom).PipeTo(_recipient);
        Assert.Same(s_boom, (await Journal.Next<Status.Failure>()).Cause);
    }

    [Fact]
    public async Task A_failure_can_be_turned_into_a_message()
    {
        await Task.FromException<int>(s_boom).PipeTo(_recipient, failure: cause => $"failed: {cause.Message}");
        await Task.FromException(s_boom).PipeTo(_recipient, failure: cause => $"failed too: {cause.Message}");
        await Journal.Expect("failed: boom", "failed too: boom");
    }

    [Fact]
    public async Task The_sender_may_be_named()
    {
        var sender = Puppet("sender");
        var recipient = Sys.ActorOf(Props.Create(() => new ReportsSender(Journal)));
        await Task.FromResult(1).PipeTo(recipient, sender);
        await Journal.Expect(sender);
    }

    private sealed class ReportsSender(Journal journal) : UntypedActor
    {
        protected override void OnReceive(object message) => journal.Add(Sender);
    }
}
