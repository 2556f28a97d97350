using System.IO.Enumeration;

namespace Akka.Actor;

internal static class SelectionDelivery
{
    internal static void Deliver(IInternalActorRef anchor, IActorRef sender, ActorSelectionMessage selected)
    {
        var current = anchor;
        for (var at = 0; at < selected.Elements.Length; at++)
        {
            if (current is not LocalActorRef local)
            {
                var rest = new ActorSelectionMessage(selected.Message, selected.Elements[at..]);
                current.Tell(rest, sender);
                return;
            }

            switch (selected.Elements[at])
            {
                case SelectParent:
                    current = local.ParentRef;
                    break;
                case SelectChildName child:
                    current = local.FindChild(child.Name);
                    if (current is Nobody)
                    {
                        TellNobody(anchor, local, sender, selected);
                        return;
                    }

                    break;
                case SelectChildRecursive:
                    DeliverToAllBelow(local, sender, selected.Message);
                    return;
                case SelectChildPattern pattern:
                    DeliverToMatching(anchor, local, pattern.Pattern, sender, selected, at + 1);
                    return;
            }
        }

        current.Tell(selected.Message, sender);
    }

    private static void DeliverToAllBelow(LocalActorRef parent, IActorRef sender, object message)
    {
        foreach (var stats in parent.Cell.ChildStats())
        {
            stats.Child.Tell(message, sender);
            if (stats.Child is LocalActorRef child)
                DeliverToAllBelow(child, sender, message);
        }
    }

    private static void DeliverToMatching(
        IInternalActorRef anchor,
        LocalActorRef parent,
        string pattern,
        IActorRef sender,
        ActorSelectionMessage selected,
        int next)
    {
        var matching = Array.FindAll(
            parent.Cell.ChildStats(),
            stats => FileSystemName.MatchesSimpleExpression(pattern, stats.Child.Path.Name, ignoreCase: false));
        if (matching.Length == 0)
        {
            TellNobody(anchor, parent, sender, selected);
            return;
        }

        var rest = new ActorSelectionMessage(
            selected.Message, selected.Elements[next..], selected.WildCardFanOut || matching.Length > 1);
        foreach (var stats in matching)
            Deliver(stats.Child, sender, rest);
    }

    private static void TellNobody(
        IInternalActorRef anchor, LocalActorRef at, IActorRef sender, ActorSelectionMessage selected)
    {
        if (selected.WildCardFanOut)
            return;
        var path = anchor.Path / selected.Elements.Select(element => element.ToString());
        new EmptyLocalActorRef(at.Cell.SystemImpl, path).Tell(selected, sender);
    }
}
