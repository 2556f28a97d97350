using System.Net;
using Akka.Actor;
using Handoff.Gateway.Control;
using Handoff.Gateway.Upgrade;
using Handoff.Messages;

namespace Handoff.Gateway.Tests.Successor;

// Says all that a new version says, with the framework below it, and fails at a step.
internal sealed class FailingSuccessor : ReceiveActor
{
    private readonly List<string> _listeners = [];
    private readonly Step _step;
    private readonly IActorRef _line;
    private int _offered;

    public FailingSuccessor(Step step, EndPoint control)
    {
        var handoff = HandoffExtension.For(Context.System);
        _step = step;
        _line = Context.ActorOf(ControlConnection.Props(Self), "line");
        _line.Tell(new Dial(control, handoff.Sockets));
        Receive<Reached>(_ =>
        {
            DieAt(Step.Reached);
            _line.Tell(Say.Line(UpgradeWords.TakeOver, UpgradeWords.Version));
        });
        Receive<Said>(said =>
        {
            if (said.Words is [UpgradeWords.Listener, var at, _]) _listeners.Add(at);
            if (said.Words is not [UpgradeWords.End]) return;
            DieAt(Step.Told);
            handoff.Processes.Tell(new OpenService("upgrade", Self));
        });
        Receive<ServiceOpened>(opened =>
        {
            _line.Tell(Say.Line(UpgradeWords.Serves, "echo", "echo"));
            foreach (var at in _listeners) _line.Tell(Say.Line(UpgradeWords.Wants, at));
            _line.Tell(Say.Line(UpgradeWords.Ready, opened.Path, "upgrade"));
            DieAt(Step.Ready);
        });
        Receive<Offered>(OnOffered);
        Receive<HungUp>(_ => Context.System.Terminate());
        ReceiveAny(_ => { });
    }

    // All but one: the connections and the listeners but the last.
    private void OnOffered(Offered offered)
    {
        DieAt(Step.Offered);
        if (_step is Step.Declines)
        {
            offered.Offer.Socket.Tell(new Decline(offered.Offer, Self, "for the test"));
            return;
        }

        if (++_offered == _listeners.Count + UpgradeStepTests.Connections) DieAt(Step.AllButOne);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self));
    }

    private void DieAt(Step step)
    {
        if (step == _step) Program.Die();
    }
}
