using Akka.Actor.Internal;

namespace Akka.Actor;

internal static class SelectionParser
{
    internal static ActorSelection Parse(ActorPath path, ActorSystemImpl system) =>
        new(system.LocalProvider.RootGuardianAt(path.Address), path.Elements);

    internal static ActorSelection Parse(string path, ActorSystemImpl system, IActorRef relativeTo)
    {
        if (string.IsNullOrEmpty(path))
            return new ActorSelection(system.DeadLetters, "");
        if (path[0] == '/')
            return new ActorSelection(system.LookupRoot, path);
        if (!Uri.IsWellFormedUriString(path, UriKind.Absolute))
            return new ActorSelection(relativeTo, path);
        return ActorPath.TryParse(path, out var actorPath)
            ? Parse(actorPath, system)
            : new ActorSelection(system.DeadLetters, "");
    }

    internal static SelectionPathElement[] ParseElements(IEnumerable<string> elements)
    {
        var parsed = new List<SelectionPathElement>();
        foreach (var element in elements)
        {
            if (string.IsNullOrEmpty(element))
                continue;
            if (parsed is [.., SelectChildRecursive])
                throw new IllegalActorNameException("Double wildcard can only appear at the last path entry");
            parsed.Add(element switch
            {
                "**" => SelectChildRecursive.Instance,
                ".." => SelectParent.Instance,
                _ when element.AsSpan().IndexOfAny('*', '?') >= 0 => new SelectChildPattern(element),
                _ => new SelectChildName(element),
            });
        }

        return [.. parsed];
    }
}
