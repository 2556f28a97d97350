using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping;
using Handoff.Transport.Handles.Keeping.Deposits;
using Handoff.Transport.Handles.Keeping.Serving;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Tests.Handles.Passing;

namespace Handoff.Transport.Tests.Handles.Keeping.Serving;

public sealed class DepositStoreTests
{
    [Fact]
    public async Task An_adopter_that_names_what_it_wants_gets_all_that_was_left_under_that_name_and_nothing_else()
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        var began = DepositorProcess.StartOf(Environment.ProcessId)!.Value;
        using var process = DepositorProcess.Watch(
            engine, DepositorProcess.Numbered(Environment.ProcessId, began)!, Environment.ProcessId, began);
        var store = new DepositStore(new KeeperOptions(), new KeeperPort(), _ => { });
        var (ours, theirs) = (new Depositor("ours", process), new Depositor("theirs", process));
        Add(store, ours, 1, "web");
        Add(store, ours, 2, "mail");
        Add(store, ours, 3, "web");
        Add(store, theirs, 4, "web");
        store.Happened(ours, new DepositEvent.DepositorDied());
        store.Happened(theirs, new DepositEvent.DepositorDied());
        Assert.Equal([1, 3], Wanted(store, "ours", "web"));
        Assert.Empty(Wanted(store, "ours", "web"));

        // No name stands for any.
        Assert.Equal([2], Wanted(store, "ours", ""));
        Assert.Equal([4], Wanted(store, "theirs", ""));
        store.Clear();
    }

    private static void Add(DepositStore store, Depositor depositor, ulong id, string name)
    {
        var facts = new SocketFacts(HandleKind.Stream, "tcp", null, null, 0, 0, null);
        var deposit = new Deposit(
            id, name, facts, KeeperHouse.Nothing, TakeOnceToken.Create(out _)!, OpenDescriptors.Event(1));
        Assert.True(store.Add(depositor, deposit).IsSuccess);
    }

    private static IEnumerable<ulong> Wanted(DepositStore store, string key, string name) =>
        store.Want(key, name).Select(wanted => wanted.Deposit.Id);
}
