using Akka.Actor;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Children;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Processes;

// Programs as targets, and all their children. Only the parent of the targets opens and closes them.
internal sealed class Programs(LinuxEngine engine, HandoffSettings settings)
{
    private readonly ChildSupervisor _children =
        new(engine, settings.Children.Options, settings.Connections.TimeProvider);

    private readonly HashSet<IActorRef> _open = [];

    // The target, which its parent watches, or why there is none.
    public (IActorRef? Target, SocketResult Result) Open(OpenProgram open, IActorRef sender, IActorContext parent)
    {
        if (Obstacle(open, parent.Self) is { } obstacle) return (null, obstacle);
        ChildProgram program;
        try
        {
            program = ProgramOf(open);
        }
        catch (ArgumentException unfit)
        {
            return (null, new(ResultCode.EEBADDATA, $"OpenProgram: {unfit.Message}"));
        }

        var most = Math.Min(open.MaxChildren ?? int.MaxValue, settings.Children.MaxChildren);
        var starts = settings.Children.NewRate(settings.Connections.TimeProvider);
        var terms = new ProgramTerms(
            program, open.ListenerName, open.Observer ?? sender, most, settings.Handles.QuiesceTimeout, starts);
        var target = parent.ActorOf(ProgramActor.Props(terms, open.Observer, _children));
        _open.Add(target);
        return (target, SocketResult.Success);
    }

    // False if it is none of them.
    public bool Closed(IActorRef target) => _open.Remove(target);

    // With the actor system, before its engine goes: whoever ends it waits until no child is left.
    public void Stop() => _children.StopAsync().GetAwaiter().GetResult();

    private SocketResult? Obstacle(OpenProgram open, IActorRef self)
    {
        if (ChildSupervisor.Unable is { } unable)
            return new(ResultCode.EEMODENOTSUPP, $"OpenProgram: {unable}");
        if (open.Observer is not null && Limits.Foreign(self, open.Observer) is { } foreign) return foreign;
        if (open.RunLimit > settings.Children.MaxRunLimit)
        {
            var why = $"OpenProgram: it may run for {open.RunLimit}; handoff.children.max-run-limit";
            return new(ResultCode.EEBADDATA, why);
        }

        if (open.MaxChildren < 1) return new(ResultCode.EEBADDATA, "OpenProgram: it may have no child");
        if (open.ListenerName is null || !NamedListener.IsName(open.ListenerName))
            return new(ResultCode.EEBADDATA, $"OpenProgram: '{open.ListenerName}' is no name of a listener");
        return _open.Count < settings.Children.MaxChildren
            ? null
            : new(ResultCode.EEQUOTA, $"OpenProgram: there are {_open.Count}; handoff.children.max-children");
    }

    private static ChildProgram ProgramOf(OpenProgram open) => new(open.Program ?? "")
    {
        Name = open.Name,
        Arguments = open.Arguments,
        Environment = open.Environment,
        Inherited = [.. open.Inherited],
        Directory = open.Directory,
        Limit = open.RunLimit,
    };
}
