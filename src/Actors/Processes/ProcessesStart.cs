using Akka.Actor;
using Handoff.Configuration;
using Handoff.Sockets;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp.Records;

namespace Handoff.Processes;

// The actor of other processes, and what it shares with the actor of all sockets. Without an engine that hands
// descriptors out it refuses everything.
internal static class ProcessesStart
{
    public static (IActorRef Processes, IActorRef Keeper) Begin(
        ExtendedActorSystem system,
        LinuxEngine? engine,
        IActorRef sockets,
        SocketCounts ids,
        Policies policies,
        SctpSource sctp,
        Rules rules)
    {
        var settings = rules.Settings;
        var attachments = new AttachmentCodec(system, settings.Handles.MaxAttachment);
        var landings = engine is null
            ? null
            : new Landings(
                engine, settings.Connections, settings.Datagrams.Messages, sockets, ids, policies,
                new AssociationLandings(sctp), system);
        var keeper = system.SystemActorOf(
            KeeperActor.Props(engine, settings, landings, attachments, ids), "handoff-keeper");
        rules.Keeping.Desk = keeper;
        if (engine is null)
            return (Spawn(ProcessesActor.Props(null, settings, null, attachments, null, null)), keeper);
        var programs = new Programs(engine, settings);
        system.RegisterOnTermination(programs.Stop);
        var names = new HostNames(engine, settings, rules.Names, landings!, attachments);
        var processes = Spawn(ProcessesActor.Props(engine, settings, landings, attachments, programs, names));
        names.Door = processes;
        rules.Names.Host = names;
        return (processes, keeper);

        IActorRef Spawn(Props props) => system.SystemActorOf(props, "handoff-processes");
    }
}
